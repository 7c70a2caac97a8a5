import { askServer, Refused } from '#adapters/web/page/api/ask-server.ts'
import { readEvents } from '#adapters/web/page/api/read-events.ts'
import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import { draft } from './draft.ts'
import { line } from './line.ts'
import type { OpenTalk } from './open-talk.ts'
import { noReply, Turn } from './turn.ts'
import { session } from './who.ts'

/** Asks, and reads the answer to its end, however often the line breaks: nothing is asked twice, and no word is read twice. */
export async function converse(talk: OpenTalk, text: string): Promise<void> {
  const turn = new Turn(undefined)
  turn.question.value = { text, at: new Date().toISOString(), messageId: undefined, state: 'sending' }
  turn.reply.value = noReply
  turn.isRead = true
  talk.add(turn)
  const key = crypto.randomUUID()
  await readOut(talk, turn, signal =>
    askServer(
      'POST',
      '/api/chat',
      { message: text, conversationId: talk.id },
      { headers: { 'idempotency-key': key }, signal },
    ),
  )
}

/** Goes on with an answer that was asked for before. */
export async function goOnReading(talk: OpenTalk, turn: Turn): Promise<void> {
  turn.isRead = true
  turn.reply.value = noReply
  await readOut(talk, turn, () => Promise.reject(new Error('it has a name')))
}

type Asking = (signal: AbortSignal) => Promise<Response>

async function readOut(talk: OpenTalk, turn: Turn, ask: Asking): Promise<void> {
  let position: string | undefined
  for (let tries = 0; !talk.closed.aborted; tries += 1) {
    try {
      const response = await (turn.id === undefined ? ask(talk.closed) : resume(turn.id, position, talk.closed))
      tries = 0
      nameIt(talk, turn, response)
      const isDone = await readEvents(response, {
        event: event => turn.take(event),
        position: id => {
          position = id
        },
      })
      if (isDone) break
    } catch (error) {
      if (error instanceof Refused && !isPassing(error)) {
        if (turn.id === undefined) turn.take({ error: error.message })
        else turn.reply.value = undefined
        break
      }
      if (!talk.closed.aborted) keep(turn)
    }
    if (!talk.closed.aborted) await line.pause(tries)
  }
  giveBack(talk, turn)
  turn.end()
  turn.isRead = false
  if (!talk.closed.aborted) await talk.refresh().catch(() => {})
}

function nameIt(talk: OpenTalk, turn: Turn, { headers }: Response): void {
  const id = headers.get('x-turn-id')
  if (id === null || turn.id !== undefined) return
  const question = turn.question.peek()
  if (question) turn.question.value = { ...question, state: 'sent' }
  talk.named(turn, id)
  if (turn.wantsStop) void talksApi.stop(id).catch(() => {})
}

function resume(id: string, position: string | undefined, signal: AbortSignal): Promise<Response> {
  const headers = position === undefined ? {} : { 'last-event-id': position }
  return askServer('GET', `/api/chat/${id}`, undefined, { headers, signal })
}

/** Who has to sign in first, or has left before the words went out, finds them where they wrote them, above what they wrote since. */
function giveBack({ id, closed }: OpenTalk, turn: Turn): void {
  const question = turn.question.peek()
  if (turn.id !== undefined || question === undefined) return
  const isKept = closed.aborted && question.state === 'kept'
  if (isKept || session.peek() === 'nobody') draft(id).value = `${question.text}\n${draft(id).peek()}`.trimEnd()
}

/** The server is about to stop or to start, or something of its own broke. */
function isPassing({ status }: Refused): boolean {
  return status >= 500
}

function keep(turn: Turn): void {
  const question = turn.question.peek()
  if (question?.state === 'sending') turn.question.value = { ...question, state: 'kept' }
}
