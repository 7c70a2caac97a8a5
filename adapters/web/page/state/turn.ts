import { signal } from '@preact/signals'
import type { AnswerEvent, Judgement, Outcome, Saying, Told } from '#adapters/web/page/wire.ts'

export type Question = Readonly<{
  text: string
  at: string
  messageId: string | undefined
  /** `kept`: it has not reached Aeries yet, and goes out by itself. */
  state: 'sent' | 'sending' | 'kept'
}>

export type Reply = Readonly<{
  text: string
  messageIds: readonly string[]
  at: string | undefined
  /** `waiting`: asked for, and no word of it came. */
  state: 'waiting' | 'growing' | 'whole'
  outcome: Outcome | undefined
  /** Aeries' own word under the answer. */
  note: string | undefined
  /** Words in the place of the answer, while it waits or because there is none. */
  notice: string | undefined
  canGoOn: boolean
  judgement: Judgement
  told: readonly Told[]
  files: readonly Readonly<{ name: string; content: string }>[]
}>

export const noReply: Reply = {
  text: '',
  messageIds: [],
  at: undefined,
  state: 'waiting',
  outcome: undefined,
  note: undefined,
  notice: undefined,
  canGoOn: false,
  judgement: { verdict: null, reason: null },
  told: [],
  files: [],
}

let made = 0

/** A question and what answers it. Either may be missing: a page of the history may begin between them. */
export class Turn {
  /** Its name on this page; the server's own comes later. */
  readonly key = `t${made++}`
  id: string | undefined
  readonly question = signal<Question | undefined>(undefined)
  readonly reply = signal<Reply | undefined>(undefined)
  /** This window reads its answer by a stream of its own. */
  isRead = false
  wantsStop = false
  /** How often one said in this window what one thinks of its answer. */
  words = 0
  /** When the last of that was noted by this window's clock: what was asked for before does not tell of it. In ms. */
  judgedAt = 0
  /** The same of when its words were last changed in this window, or another answer was asked for. */
  changedAt = 0

  constructor(id: string | undefined) {
    this.id = id
  }

  get isOpen(): boolean {
    const state = this.reply.value?.state
    return state === 'waiting' || state === 'growing'
  }

  /** What the history says of its question or its reply. */
  settle({ role, text, at, messageIds, outcome, note, verdict, reason }: Saying): void {
    if (role === 'person') {
      this.question.value = { text, at, messageId: messageIds[0], state: 'sent' }
      return
    }
    const before = this.reply.peek()
    const isLeft = outcome === 'stopped' || outcome === 'cut off'
    this.reply.value = {
      ...noReply,
      ...(before && { told: before.told, files: before.files }),
      text,
      at,
      messageIds,
      state: 'whole',
      outcome: outcome ?? undefined,
      note: note ?? undefined,
      canGoOn: isLeft || (before?.canGoOn ?? false),
      judgement: { verdict: verdict ?? null, reason: reason ?? null },
    }
  }

  /** It is to be answered anew: what was said of the answer before is not said of the next one. */
  begin(reply: Reply): void {
    this.words += 1
    this.judgedAt = performance.now()
    this.changedAt = Number.POSITIVE_INFINITY
    this.reply.value = reply
  }

  /** One event of its answer. */
  take(event: AnswerEvent): void {
    this.reply.value = grown(this.reply.peek() ?? noReply, event)
  }

  /** Nothing more comes for now. */
  end(): void {
    const reply = this.reply.peek()
    if (reply) this.reply.value = { ...reply, state: 'whole' }
  }
}

function grown(reply: Reply, event: AnswerEvent): Reply {
  const { token, messageId, anew, notice, error, told, file, joined } = event
  const known = messageId !== undefined && !reply.messageIds.includes(messageId)
  const messageIds = known ? [...reply.messageIds, messageId] : reply.messageIds
  if (anew) return { ...noReply, told: reply.told }
  if (token !== undefined) {
    // The first message once more: all of it comes again, from somebody who had not told it yet.
    const isAgain = messageId !== undefined && messageId === reply.messageIds[0]
    const text = isAgain ? token : reply.text + token
    return { ...reply, text, messageIds, state: 'growing', notice: undefined, outcome: undefined }
  }
  if (notice !== undefined) return { ...reply, notice, state: 'waiting' }
  if (error !== undefined) return { ...reply, notice: error, outcome: 'failed' }
  if (told) return { ...reply, told: [...reply.told, told] }
  if (file) return { ...reply, files: [...reply.files.filter(({ name }) => name !== file.name), file] }
  if (joined !== undefined) return { ...reply, notice: 'Answered together with your next words.' }
  const canGoOn = event.buttons?.some(({ action }) => action === 'control:continue') ?? false
  return { ...reply, note: event.note, canGoOn }
}
