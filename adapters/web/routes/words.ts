import type { Hono } from 'hono'
import type { Door, Env } from '#adapters/web/door.ts'
import { unknownMessage } from '#adapters/web/failure.ts'
import { newTalkId } from '#adapters/web/ids.ts'
import { judgementOf } from '#adapters/web/judgement.ts'
import { platform } from '#adapters/web/platform-name.ts'
import { readJson } from '#adapters/web/read-json.ts'
import { wire } from '#adapters/web/wire.ts'
import { eventKey } from '#src/core/ids.ts'

/** What people make of answers, and what they change about what was said: as reactions, buttons and edits elsewhere. */
export function wordRoutes(app: Hono<Env>, door: Door): void {
  /** What people think of an answer goes the way that a button under it goes: of each answer everybody has one word. */
  async function judge(person: Awaited<ReturnType<Door['who']>>, messageId: string, what: string) {
    const { talk, message } = await door.talkOf(person, messageId)
    const known = await door.house.revisions.about(message)
    if (known === undefined || known.turn.asked.some(one => one.message.id === message)) throw unknownMessage()
    const action = `feedback:${what}`
    const told = await door.work(person, talk.place.channel, { type: 'button', action, message })
    const { id } = known.turn
    const now = judgementOf((await door.house.learning.tappedOn(person.id, [id])).get(id))
    return { told: told?.text ?? null, ...now }
  }

  app.post('/api/feedback', async c => {
    const person = await door.who(c)
    const { messageId, verdict, reason } = await readJson(c, wire.feedback)
    return c.json(await judge(person, messageId, verdict === 'up' ? 'good' : (reason ?? 'bad')))
  })

  app.delete('/api/feedback', async c => {
    const person = await door.who(c)
    const { messageId } = await readJson(c, wire.takeBack)
    return c.json(await judge(person, messageId, 'back'))
  })

  for (const [method, change] of [['POST', 'added'] as const, ['DELETE', 'removed'] as const]) {
    app.on(method, '/api/reactions', async c => {
      const person = await door.who(c)
      const { messageId, emoji } = await readJson(c, wire.reaction)
      const { talk, message } = await door.talkOf(person, messageId)
      const key = eventKey(platform, 'reaction', newTalkId())
      door.inbox.event({ type: 'reaction', key, place: talk.place, at: door.now(), person, message, emoji, change })
      return c.body(null, 202)
    })
  }

  app.post('/api/taps', async c => {
    const person = await door.who(c)
    const { messageId, action } = await readJson(c, wire.tap)
    const { talk, message } = await door.talkOf(person, messageId)
    const told = await door.work(person, talk.place.channel, { type: 'button', action, message })
    return c.json({ told: told ?? null })
  })

  app.post('/api/commands', async c => {
    const person = await door.who(c)
    const { conversationId, verb, words } = await readJson(c, wire.command)
    await door.talk(person, conversationId)
    const told = await door.work(person, conversationId, { type: 'command', verb, words })
    return c.json({ told: told ?? null })
  })

  app.patch('/api/messages/:id', async c => {
    const person = await door.who(c)
    const { talk, message } = await door.talkOf(person, c.req.param('id'))
    const { message: text } = await readJson(c, wire.edit)
    const key = eventKey(platform, 'edit', newTalkId())
    door.inbox.event({ type: 'edited', key, place: talk.place, at: door.now(), person, message, text })
    return c.body(null, 202)
  })

  app.delete('/api/messages/:id', async c => {
    const person = await door.who(c)
    const { talk, message } = await door.talkOf(person, c.req.param('id'))
    door.answers.showing(talk.place.channel, message)?.remove(message)
    const key = eventKey(platform, 'deletion', newTalkId())
    door.inbox.event({ type: 'deleted', key, place: talk.place, at: door.now(), messages: [message] })
    return c.body(null, 202)
  })
}
