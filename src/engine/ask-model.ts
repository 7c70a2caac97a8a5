import type { Brief } from '#src/core/brief.ts'
import { ContextOverflowError, RefusedError } from '#src/core/errors.ts'
import type { History, HistoryMessage } from '#src/core/history.ts'
import type { Quote } from '#src/core/message.ts'
import type { ChatModel } from '#src/core/model.ts'
import type { Persona } from '#src/core/persona.ts'
import type { Store } from '#src/core/store.ts'
import type { Earlier } from '#src/core/surface.ts'
import type { Turn } from '#src/core/turn.ts'
import type { AnswerEvent } from './answer-event.ts'
import { composePrompt, type Prompt } from './compose-prompt.ts'
import { type Begin, DelegatingIterator } from './delegating-iterator.ts'
import { estimateTokens } from './estimate-tokens.ts'
import { nothingRead, type ReadFiles } from './files/read-files.ts'
import { type TurnFiles, withoutImages } from './files/turn-files.ts'
import { leavingWindow, maxWindow } from './history-window.ts'
import { type BriefParts, readBrief, type Told } from './read-brief.ts'
import { saidBefore } from './said-before.ts'

export type AskParts = BriefParts &
  Readonly<{
    model: ChatModel
    store: Pick<Store, 'history' | 'preferences'>
    /** Reads what comes with questions; without it nothing is. */
    files?: TurnFiles
  }>

/** A turn's question, and how it is to be answered. */
export type Question = Readonly<{
  turn: Turn
  persona: Persona
  /** What the thread held before Aeries was called into it. */
  earlier: Earlier
  now: Date
  timeZone: string
  /** Tokens that an answer may take. */
  maxTokens: number
  /** Told of what each prompt holds beside the question. */
  onPrompt?: (lines: Brief['lines'], history: readonly HistoryMessage[], tokens: number) => void
  /** Told what its reader is to know of the files that came along, before the answer's first words. */
  onFiles?: (note: string | undefined) => void
  /** Words of the answer that stand already: the model is asked to go on from them. */
  begun: string
  /** So often the reply was begun anew: another try is to be another answer, and what was said since is none of its business. */
  run: number
}>

/** Fewer tokens are no answer. A server that has no room for them refuses, and is asked with half of the prompt. */
const leastAnswer = 128

/** Room for the difference between our estimate and the server's count, in tokens. */
const margin = 64

/**
 * Asks the model a turn's question with the conversation's window before it. A server that finds the prompt too long (it
 * may have come back with a smaller context) is asked once more with half of it. One that cannot
 * go on from words that stand already is asked for the whole answer.
 */
export function askModel(parts: AskParts, question: Question, signal: AbortSignal): AsyncIterable<AnswerEvent> {
  return new DelegatingIterator(begin(parts, question, signal))
}

/** Until the answer has a word; the rest is for whoever listens to it. */
async function* begin(parts: AskParts, question: Question, signal: AbortSignal): Begin<AnswerEvent> {
  const { model, store } = parts
  const { history } = store
  const { window, isNewPrefix } = await openWindow(store, question)
  let files = (await parts.files?.of(question.turn, signal)) ?? nothingRead
  const brief = await readBrief(parts, question.turn, isNewPrefix)
  let context = model.contextLength()
  let { begun } = question
  for (let isTrimmed = false; ; ) {
    const answerRoom = Math.min(question.maxTokens, Math.floor(context / 2))
    question.onFiles?.(files.note)
    const prompt = compose({ ...question, files }, brief, window, context - answerRoom - margin)
    const said = begun === '' ? 0 : estimateTokens(begun)
    // Somebody asked for more of an answer that may have reached its length: that gets a length of its own.
    const wanted = question.maxTokens + (question.run > 0 ? said : 0)
    question.onPrompt?.(brief.lines, window.slice(prompt.left), prompt.tokens)
    await moveWindow(history, question.turn, window, prompt.left)
    const room = Math.min(wanted, context - prompt.tokens - margin) - said
    const maxTokens = Math.max(leastAnswer, room)
    const { conversation, asker, id } = question.turn
    try {
      const answer = model.stream(
        {
          conversation,
          person: asker.id,
          tag: id,
          messages: prompt.messages,
          maxTokens,
          ...(question.run > 0 && { seed: question.run }),
          ...(begun !== '' && { begun }),
          ...(question.persona.sampling && { sampling: question.persona.sampling }),
        },
        signal,
      )
      return yield* untilText(answer[Symbol.asyncIterator]())
    } catch (error) {
      if (files.images.length > 0 && error instanceof RefusedError) {
        parts.files?.refused(question.turn)
        files = withoutImages(files)
        continue
      }
      if (begun !== '' && error instanceof RefusedError) {
        begun = ''
        yield { type: 'anew' }
        continue
      }
      if (isTrimmed || !(error instanceof ContextOverflowError)) throw error
      isTrimmed = true
      context = Math.floor(Math.min(context, error.contextLength ?? context) / 2)
    }
  }
}

/** Yields what comes before the answer's words and the first of them. */
async function* untilText(answer: AsyncIterator<AnswerEvent>): Begin<AnswerEvent> {
  let isLeft = true
  try {
    for (let step = await answer.next(); !step.done; step = await answer.next()) {
      yield step.value
      if (step.value.type === 'text') break
    }
    isLeft = false
    return answer
  } finally {
    if (isLeft) await answer.return?.()
  }
}

type Window = Readonly<{
  window: readonly HistoryMessage[]
  /** It begins, or has just moved on. */
  isNewPrefix: boolean
}>

/** The messages that go along, after the window has moved on if it would hold too many. */
async function openWindow(store: AskParts['store'], { turn, run }: Question): Promise<Window> {
  const { history } = store
  const known = await history.window(turn.conversation, maxWindow, run > 0 ? turn.asked[0]?.at : undefined)
  const leaving = leavingWindow(known, turn.asked.length)
  await moveWindow(history, turn, known, leaving)
  if (leaving > 0) return { window: known.slice(leaving), isNewPrefix: true }
  const before = await saidBefore(store, turn, known)
  // All of it or nothing: what leaves line by line would change the whole prompt with each of them.
  const hasRoom = before.length + known.length + turn.asked.length <= maxWindow
  return { window: hasRoom ? [...before, ...known] : known, isNewPrefix: known.length === 0 }
}

async function moveWindow(
  history: History,
  turn: Turn,
  window: readonly HistoryMessage[],
  leaving: number,
): Promise<void> {
  const start = window[Math.min(leaving, window.length - 1)]
  if (leaving > 0 && start !== undefined) await history.startWindow(turn.conversation, start.position)
}

function compose(
  question: Question & Readonly<{ files: ReadFiles }>,
  brief: Told,
  history: readonly HistoryMessage[],
  budget: number,
): Prompt {
  const { turn, persona, earlier, now, timeZone, files } = question
  const newest = history.at(-1)
  const isNewest = (quote: Quote) => quote.message !== undefined && newest?.messages.includes(quote.message)
  const pointedAt = turn.asked.flatMap(said => said.message.quotes).filter(quote => !isNewest(quote))
  return composePrompt({
    persona,
    place: turn.place,
    history,
    asked: turn.asked,
    quotes: [...earlier.quotes, ...pointedAt],
    unread: [...earlier.unread, ...turn.asked.flatMap(said => said.message.unread), ...files.unread],
    files: files.texts,
    images: files.images,
    brief,
    now,
    timeZone,
    budget,
  })
}
