import type { Hono } from 'hono'
import type { Door, Env } from '#adapters/web/door.ts'
import { Failure } from '#adapters/web/failure.ts'
import { guesserOf } from '#adapters/web/guesser-of.ts'
import { readJson, readQuery } from '#adapters/web/read-json.ts'
import { wire } from '#adapters/web/wire.ts'

/** Who somebody is here, and what is known of them. */
export function selfRoutes(app: Hono<Env>, door: Door, signIn: 'local' | 'link'): void {
  app.get('/api/session', async c => {
    const { name } = await door.who(c)
    return c.json({ name, signIn })
  })

  app.post('/api/session', async c => {
    const { code } = await readJson(c, wire.signIn)
    if (signIn === 'local') throw new Failure('not_found', 'Nobody signs in here: all is of who sits at this machine.')
    const now = door.now()
    const told = await door.house.links.signIn(code, guesserOf(c.env.incoming), now)
    if (told.outcome === 'too many guesses') {
      throw new Failure('too_many_requests', `Too many codes were wrong. Try again at ${told.until.toISOString()}.`)
    }
    if (told.outcome === 'wrong') {
      throw new Failure('not_signed_in', 'That code is wrong, was used, or is too old: /aeries link gives another.')
    }
    const { person, name } = told.account
    const key = await door.house.signIns.begin({ id: person, name, external: false }, now)
    c.header('set-cookie', door.guard.cookie(key))
    return c.json({ name, signIn }, 201)
  })

  app.delete('/api/session', async c => {
    const key = door.guard.keyIn(c.env.incoming.headers)
    if (key !== undefined) {
      await door.house.signIns.end(key)
      door.streams.endOf(key)
    }
    c.header('set-cookie', door.guard.cookie(undefined))
    return c.body(null, 204)
  })

  app.get('/api/briefing', async c => {
    const person = await door.who(c)
    const { conversationId } = readQuery(c, wire.briefingQuery)
    const { place } = await door.talk(person, conversationId)
    const lines = await door.house.briefing.of(person.id, place)
    return c.json({
      lines: lines.map(({ text, trait, since, from, isLent }) => ({
        text,
        note: trait ?? null,
        since: since?.toISOString() ?? null,
        from: from ? { messageId: from.message, quote: from.quote, at: from.at.toISOString() } : null,
        isDefault: isLent,
      })),
    })
  })
}
