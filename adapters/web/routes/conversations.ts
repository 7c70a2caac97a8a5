import type { Hono } from 'hono'
import type { Door, Env } from '#adapters/web/door.ts'
import { Failure } from '#adapters/web/failure.ts'
import { followTalk } from '#adapters/web/follow-talk.ts'
import { newTalkId, placeOf } from '#adapters/web/ids.ts'
import { judgementOf } from '#adapters/web/judgement.ts'
import { platform } from '#adapters/web/platform-name.ts'
import { readJson, readQuery } from '#adapters/web/read-json.ts'
import { wire } from '#adapters/web/wire.ts'
import type { Verdict } from '#src/core/feedback.ts'
import type { HistoryPosition } from '#src/core/history.ts'
import { eventKey, type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { personaPreference, personaScope } from '#src/core/persona.ts'
import type { FoundTalk, Talk, TalkCursor, TalkMessage } from '#src/core/talks.ts'

/** The list of somebody's conversations, and each of them. */
export function conversationRoutes(app: Hono<Env>, door: Door): void {
  const { talks, learning, personas } = door.house

  app.get('/api/conversations', async c => {
    const person = await door.who(c)
    const { q, cursor, limit } = readQuery(c, wire.listQuery)
    if (q !== undefined && q.trim() !== '') {
      const found = await talks.search(person.id, platform, q, limit)
      return c.json({ conversations: found.map(lookOf), next: null })
    }
    const { items, next } = await talks.list(person.id, platform, limit, cursor as TalkCursor | undefined)
    return c.json({ conversations: items.map(lookOf), next: next ?? null })
  })

  app.post('/api/conversations', async c => {
    const person = await door.who(c)
    const { title } = await readJson(c, wire.begin)
    const id = newTalkId()
    await talks.begin(person.id, placeOf(id), title, door.now())
    return c.json(lookOf(await door.talk(person, id)), 201)
  })

  app.get('/api/conversations/:id', async c => {
    const person = await door.who(c)
    const talk = await door.talk(person, c.req.param('id'))
    const { before, limit } = readQuery(c, wire.pageQuery)
    const { items, next } = await talks.messages(talk.id, limit, before as HistoryPosition | undefined)
    const answered = items.flatMap(({ role, turn }) => (role === 'aeries' && turn !== undefined ? [turn] : []))
    const tapped = await learning.tappedOn(person.id, answered)
    const messages = items.map(item => sayingOf(item, item.turn && tapped.get(item.turn)))
    return c.json({ ...lookOf(talk), persona: await personaIn(door, person, talk), messages, before: next ?? null })
  })

  app.patch('/api/conversations/:id', async c => {
    const person = await door.who(c)
    const talk = await door.talk(person, c.req.param('id'))
    const { title, persona } = await readJson(c, wire.change)
    if (persona !== undefined) {
      const known = persona === null ? undefined : personas().find(({ name }) => name === persona)
      if (persona !== null && known === undefined)
        throw new Failure('bad_request', 'persona: there is none of that name.')
      await door.house.preferences.choose(personaPreference, personaScope(talk.place, person.id), known?.name)
    }
    if (title !== undefined) await talks.name(person.id, talk.id, title ?? undefined)
    const now = await door.talk(person, talk.place.channel)
    return c.json({ ...lookOf(now), persona: await personaIn(door, person, now) })
  })

  app.delete('/api/conversations/:id', async c => {
    const person = await door.who(c)
    const { id, place } = await door.talk(person, c.req.param('id'))
    await endAnswers(door, person, place.channel)
    await door.house.forget.conversation(id)
    await door.house.preferences.choose(personaPreference, personaScope(place, person.id), undefined)
    await talks.drop(person.id, id)
    door.answers.forget(place.channel)
    return c.body(null, 204)
  })

  app.get('/api/conversations/:id/events', async c => {
    const person = await door.who(c)
    const { place } = await door.talk(person, c.req.param('id'))
    return followTalk(door, c, place.channel)
  })

  app.get('/api/personas', async c => {
    await door.who(c)
    return c.json({ personas: personas().map(({ name, about }) => ({ name, about: about ?? null })) })
  })
}

/** A turn that is being answered is stopped before its words are forgotten. */
async function endAnswers(door: Door, person: Person, talk: string): Promise<void> {
  const open = door.answers.of(talk).filter(({ isOver }) => !isOver)
  if (open.length === 0) return
  const place = placeOf(talk)
  door.inbox.event({
    type: 'control',
    key: eventKey(platform, 'stop', newTalkId()),
    place,
    at: door.now(),
    person,
    control: { type: 'stop', message: undefined },
    respond: async () => {},
  })
  await Promise.all(open.map(answer => answer.ended(AbortSignal.timeout(endWithinMs))))
}

/** A stopped answer shows its last words in far less. */
const endWithinMs = 3_000

async function personaIn({ house }: Door, person: Person, { place }: Talk): Promise<string | null> {
  return (await house.preferences.chosen(personaPreference, [personaScope(place, person.id)])) ?? null
}

function lookOf(talk: Talk | FoundTalk) {
  const { place, title, begunAt, lastAt } = talk
  const excerpt = 'excerpt' in talk ? { excerpt: talk.excerpt ?? null } : {}
  return { id: place.channel, title, begunAt: begunAt.toISOString(), lastAt: lastAt.toISOString(), ...excerpt }
}

function sayingOf({ role, text, at, messages, outcome, note }: TalkMessage, tapped: Verdict | undefined) {
  const said = { role, text, at: at.toISOString(), messageIds: messages }
  if (role === 'person') return { ...said, turnId: turnOf(messages) }
  return { ...said, outcome: outcome ?? null, note: note ?? null, ...judgementOf(tapped) }
}

/** A question is what its answer is called by. */
function turnOf([question]: readonly MessageId[]): string | null {
  return question === undefined ? null : nativeMessageId(question)
}
