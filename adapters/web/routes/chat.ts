import type { Hono } from 'hono'
import type { Answer } from '#adapters/web/answer.ts'
import type { Ask, Door, Env } from '#adapters/web/door.ts'
import { Failure } from '#adapters/web/failure.ts'
import { placeOf, questionOf, turnIdOf, turnPattern } from '#adapters/web/ids.ts'
import { platform } from '#adapters/web/platform-name.ts'
import { readJson } from '#adapters/web/read-json.ts'
import { WebSurface } from '#adapters/web/surface.ts'
import { wire } from '#adapters/web/wire.ts'
import { toldInWords } from '#src/core/event.ts'
import { eventKey } from '#src/core/ids.ts'

/** Asking, reading an answer as it grows, going on where one was cut off, and stopping it. */
export function chatRoutes(app: Hono<Env>, door: Door): void {
  app.post('/api/chat', async c => {
    const person = await door.who(c)
    const { message, conversationId: talk } = await readJson(c, wire.chat)
    await door.talk(person, talk)
    const turn = turnIdOf(talk, person.id, retryKeyIn(c))
    const known = await held(door, turn)
    const answer = known ?? door.answers.open(turn, talk)
    if (known === undefined) {
      const [id, place] = [questionOf(turn), placeOf(talk)]
      door.inbox.event({
        type: 'message',
        key: eventKey(platform, 'message', turn),
        place,
        at: door.now(),
        person,
        message: { id, text: message, addressed: true, quotes: [], unread: [] },
        surface: new WebSurface(door.answers, place, id),
        respond: async words => answer.tell(toldInWords(words)),
      })
    }
    return door.follow(c, answer)
  })

  app.get('/api/chat/:turnId', async c => {
    const { turn } = await asked(c, door)
    const answer = await held(door, turn)
    if (answer === undefined) throw unknownTurn()
    return door.follow(c, answer)
  })

  app.delete('/api/chat/:turnId', async c => {
    const { turn, talk, person } = await asked(c, door)
    const answer = door.answers.find(turn)
    if (answer === undefined && (await held(door, turn)) === undefined) throw unknownTurn()
    // What has ended is left as it is: "stop" would end whatever is written in that talk now.
    if (answer !== undefined && !answer.isOver) {
      door.inbox.event({
        type: 'control',
        key: eventKey(platform, 'stop', turn),
        place: placeOf(talk),
        at: door.now(),
        person,
        control: { type: 'stop', message: answer.parts.at(-1)?.message },
        respond: async () => {},
      })
    }
    return c.body(null, 204)
  })
}

const unknownTurn = () => new Failure('not_found', 'There is no such answer.')

async function asked(c: Ask, door: Door) {
  const turn = c.req.param('turnId') ?? ''
  const [, talk] = turnPattern.exec(turn) ?? []
  const person = await door.who(c)
  if (talk === undefined) throw unknownTurn()
  await door.talk(person, talk)
  return { turn, talk, person }
}

/** An answer as this process holds it, or else as it stands in the history. */
async function held(door: Door, turn: string): Promise<Answer | undefined> {
  const [, talk = ''] = turnPattern.exec(turn) ?? []
  const live = door.answers.find(turn)
  if (live) return live
  const known = await door.house.revisions.about(questionOf(turn))
  // Somebody else may have begun to write it meanwhile.
  const answer = known && door.answers.open(turn, talk)
  if (answer === undefined || answer.parts.length > 0 || known?.reply === undefined) return answer
  const { text, messages } = known.reply
  const [message] = messages
  if (message !== undefined && text !== '') {
    answer.put(
      { key: '', part: 0, phase: 'final', text, ...(known.note !== undefined && { note: known.note }) },
      message,
    )
  }
  answer.over()
  return answer
}

/** Who tries again under the same key asks once. */
function retryKeyIn(c: Ask): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key !== undefined && !/^[\x21-\x7e]{8,128}$/.test(key)) {
    throw new Failure('bad_request', 'idempotency-key: 8 to 128 characters of ASCII without blanks.')
  }
  return key
}
