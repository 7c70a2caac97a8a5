import type { Awaitable } from '#src/core/awaitable.ts'
import type { Introduction } from '#src/core/consent.ts'
import { UnavailableError } from '#src/core/errors.ts'
import type { Log } from '#src/core/log.ts'
import { isShared } from '#src/core/place.ts'
import type { Earlier, ReplySurface } from '#src/core/surface.ts'
import { untold } from '#src/core/telemetry.ts'
import type { Turn } from '#src/core/turn.ts'
import type { AnswerParts } from './answer-parts.ts'
import { askModel } from './ask-model.ts'
import { controlButtons } from './controls/answer-buttons.ts'
import type { DraftBook } from './draft-book.ts'
import type { UntilFirstWord } from './first-word.ts'
import { Interruption, ShuttingDown, Stopped } from './interruption.ts'
import { KeptReason } from './kept-reason.ts'
import { paceOf } from './pace-of.ts'
import { personaOf } from './persona-of.ts'
import type { Explained } from './reply-parts.ts'
import { ReplyTimes } from './reply-times.ts'
import type { Standing } from './standing.ts'
import { cutOffNote, interruptedNote, lateNote, restingNotice, shutdownNote, stoppedNote } from './words.ts'
import { type Written, writeReply } from './write-reply.ts'

/** One try at a turn. */
export type Attempt = Readonly<{
  turn: Turn
  /** Begins the keys of its writes. */
  key: string
  /** So often the reply was begun anew. */
  run: number
  /** An earlier reply comes back if this one gets no words: till then that stays on the screen. */
  fallsBack: boolean
  surface: ReplySurface
  earlier: Earlier
  /** What an earlier try put there. */
  stands: Standing | undefined
  /** It had to wait because Aeries or its model was away. */
  wasAway: boolean
  /** When its newest question came, in ms since the epoch, if it came while we listened. */
  acceptedAt: number | undefined
  /** Ends the answer where it is; its words still land. */
  stop: AbortSignal
  /** End it as well, while it has no word. */
  untilFirstWord: UntilFirstWord
  /** The question has grown: this try ends, unless somebody may have seen its words. */
  anew: AbortSignal
  /** The first words go out: from now on somebody may have seen the answer. */
  onWriting(): void
  /** Somebody sees the answer. */
  onShown(): void
}>

/** Whoever waited longer than that because nobody was there hears a word of apology with the answer. */
const lateAfterMs = 2 * 60_000

/** One try at a turn: asks the model and writes its answer as it grows. Rejects when the signal is aborted, with its reason. */
export async function answerTurn(
  parts: AnswerParts & Readonly<{ drafts: DraftBook }>,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Written> {
  const { store, drafts, budget, clock, timeZone, maxTokens, telemetry = untold } = parts
  const { turn, key, run, fallsBack, surface, earlier, stands, wasAway, acceptedAt, stop, anew, onWriting } = attempt
  const log = parts.log.child({ turn: turn.id })
  const now = clock.now()
  const begun = stands?.draft?.text ?? ''
  const persona = await personaOf(parts, turn)
  const reason = new KeptReason(persona.name, parts.modelName ?? 'the model')
  const introduction = await introductionTo(parts, turn, log)
  const most = Math.min(maxTokens, persona.maxTokens ?? maxTokens)
  const times = new ReplyTimes({ telemetry, clock, acceptedAt, isShown: begun !== '' })
  const question = { turn, persona, earlier, now, timeZone, maxTokens: most, begun, run }
  let files: string | undefined
  const written = await writeReply(
    {
      key,
      fallsBack,
      surface,
      pace: await paceOf(store.preferences, turn.place, turn.asker, parts.pace ?? 'live'),
      budget,
      clock,
      log,
      times,
      stands,
      note: () => noteOf(wasAway && isLate(turn, now), files ?? parts.files?.noteOf(turn), introduction),
      offers: introduction?.buttons,
      controls: parts.buttons === 'dm' && !isShared(turn.place) ? controlButtons : undefined,
      ask: asking =>
        askModel({ ...parts, log }, { ...question, onPrompt: reason.keep, onFiles: note => (files = note) }, asking),
      stop,
      untilFirstWord: attempt.untilFirstWord,
      anew,
      explain: (error, hasWords, isNew) =>
        explain(error, { hasWords, isNew, isFirst: stands === undefined, fallsBack }, log, signal),
      isOfAnother: async message =>
        ((await store.turns.showing(message)) ?? turn.id) !== turn.id || (await store.revisions.isSuperseded(message)),
      onWriting,
      // Where every word is a write, there are more of them than the ledger takes one by one; first words wait for no others.
      onDraft: (draft, phase) =>
        recorded(() => drafts.put(turn.id, draft, !surface.isInstant || phase !== 'interim'), log),
      onShown: async (part, message) => {
        attempt.onShown()
        await recorded(() => store.turns.shown(turn.id, part, message), log)
      },
      remove: async message => {
        await recorded(() => store.revisions.dismiss(turn.id, message), log)
        const { outcome } = await surface.remove(message, signal)
        if (outcome === 'written' || outcome === 'gone') await recorded(() => store.revisions.removed(message), log)
      },
    },
    signal,
  )
  times.left(reason.promptTokens, written.reply.text.slice(begun.length))
  if (introduction && written.reply.outcome === 'done') {
    await recorded(() => parts.learning?.consent.introduced(turn.asker.id, turn.place, turn.id), log)
  }
  return reason.put(written)
}

/** What somebody who is answered for the first time is told about Aeries; under another answer to the same it stands as well. An answer goes out without it, too. */
async function introductionTo({ learning }: AnswerParts, turn: Turn, log: Log): Promise<Introduction | undefined> {
  try {
    return await learning?.consent.introduction(turn.asker.id, turn.place, turn.id)
  } catch (error) {
    log.warn({ err: error }, 'whether somebody knows Aeries could not be read')
    return undefined
  }
}

function noteOf(
  isLate: boolean,
  files: string | undefined,
  introduction: Introduction | undefined,
): string | undefined {
  const notes = [...(isLate ? [lateNote] : []), ...(files ? [files] : []), ...(introduction ? [introduction.note] : [])]
  return notes.length === 0 ? undefined : notes.join(' ')
}

function isLate({ asked }: Turn, now: Date): boolean {
  const newest = asked.at(-1)
  return newest !== undefined && now.getTime() - newest.at.getTime() > lateAfterMs
}

/** The end of the turn writes all of it down once more, so a store that takes nothing for a moment holds up no answer. */
async function recorded(write: () => Awaitable<void> | undefined, log: Log): Promise<void> {
  try {
    await write()
  } catch (error) {
    log.warn({ err: error }, 'how far an answer got could not be recorded yet')
  }
}

/** A fault is told kindly, once, and logged once: here is where both are decided. */
function explain(
  error: unknown,
  { hasWords, isNew, isFirst, fallsBack }: Readonly<Record<'hasWords' | 'isNew' | 'isFirst' | 'fallsBack', boolean>>,
  log: Log,
  signal: AbortSignal,
): Explained {
  const outcome = hasWords ? 'cut off' : 'failed'
  if (error instanceof ShuttingDown && !signal.aborted) {
    return { outcome, words: hasWords ? shutdownNote : restingNotice, pending: 'parked' }
  }
  if (error instanceof Stopped) return { outcome: 'stopped', words: hasWords ? stoppedNote : undefined }
  if (error instanceof Interruption) return { outcome, words: undefined }
  const isAway = error instanceof UnavailableError
  if (isAway) log[isFirst ? 'warn' : 'debug']({ err: error, hasWords }, 'the model is away')
  else log.error({ err: error, hasWords }, 'the model could not be asked')
  if (fallsBack && !hasWords) return { outcome, words: undefined }
  // Words of this try that broke off stay as they are. What an earlier process began, or nobody has begun, is tried again.
  if (isAway && !isNew) return { outcome, words: hasWords ? interruptedNote : restingNotice, pending: 'away' }
  return { outcome, words: hasWords ? cutOffNote : restingNotice }
}
