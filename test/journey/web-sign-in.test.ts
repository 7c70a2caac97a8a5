import { describe, expect, it } from 'vitest'
import { createWebAdapter, type WebAdapter } from '#adapters/web/web-adapter.ts'
import { createBriefing } from '#src/engine/briefing.ts'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'
import { createBriefWriter } from '#src/observer/brief-writer.ts'
import { createConsent } from '#src/observer/consent.ts'
import { systemClock } from '#src/system-clock.ts'
import { houseOf } from '#test/adapters/web/web-house.ts'
import type { Front } from '#test/support/build-house.ts'
import { WebClient } from '#test/support/web-client.ts'
import type { Desk } from './commands/desk.ts'
import { discordDesk } from './commands/discord-desk.ts'
import { slackDesk } from './commands/slack-desk.ts'
import { Visit } from './commands/visit.ts'

/** One Aeries before a platform and the web, where people sign in. */
async function openBoth(desk: Desk) {
  const scene = await desk.open()
  let door: WebAdapter | undefined
  const front: Front = {
    clock: systemClock,
    writesPerSecond: {},
    createAdapter({ clock, log, store }) {
      const { learning, preferences } = store
      const consent = createConsent({ preferences, mode: 'on', now: () => clock.now() })
      const briefs = createBriefWriter({ learning, count: estimateTokens, log, ticks: () => 0 })
      const briefing = createBriefing({ learning: { briefs, briefTokens: 500, consent }, known: learning, clock })
      const rooms = { ...houseOf(store), briefing }
      door = createWebAdapter({ host: '127.0.0.1', port: 0, signIn: 'link', house: rooms, clock, log })
      return door
    },
  }
  const house = await scene.house({ learning: { mode: 'on' }, alsoAt: [front] })
  if (door === undefined) throw new Error('There is no door.')
  const { url } = door
  return {
    there: new Visit(desk, scene, house),
    house,
    url,
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  }
}

type Both = Awaited<ReturnType<typeof openBoth>>

/** Asks for a code there, and signs in by it. */
async function signIn({ there, url }: Both, person: string): Promise<WebClient> {
  const told = await there.ask(person, 'channel', 'link', 'new')
  const code = /[A-Z]{4}-[A-Z]{4}-[A-Z]{4}/.exec(told.text)?.[0]
  await using stranger = new WebClient(url)
  const { status, headers } = await stranger.ask('POST', '/api/session', { code })
  expect(status).toBe(201)
  return new WebClient(url, String(headers['set-cookie']).split(';')[0])
}

async function ask(client: WebClient, { house }: Both, words: string): Promise<void> {
  const count = house.turns.length + 1
  await using stream = await client.chat(await client.begin(), words)
  await stream.until(({ isDone }) => isDone)
  await house.closed(count)
}

describe.each([discordDesk, slackDesk])('somebody of $name who signs in on the web', desk => {
  it('is the same person: how they like to be talked to comes along, what they told of themself does not', async () => {
    await using here = await openBoth(desk)
    const { there, house } = here
    await there.say('mira', 'dm', 'Please keep your answers short. I love turquoise kites.')
    await there.known(2)
    await using stranger = new WebClient(here.url)
    expect((await stranger.ask('GET', '/api/conversations')).status).toBe(401)
    await using client = await signIn(here, 'mira')
    await ask(client, here, 'How are the tides?')
    expect(house.turns.at(-1)?.turn.asker.id).toBe(house.turns[0]?.turn.asker.id)
    expect(there.lastPrompt()).toMatch(/short/)
    expect(there.lastPrompt()).not.toMatch(/turquoise/)
    const briefing = `/api/briefing?conversationId=${await client.begin()}`
    expect((await client.ask('GET', briefing)).json['lines']).toMatchObject([
      { text: expect.stringContaining('short'), from: { quote: expect.stringContaining('short') } },
    ])
    await using jonas = await signIn(here, 'jonas')
    await ask(jonas, here, 'How are the tides?')
    expect(there.lastPrompt()).not.toMatch(/short|turquoise/)
  })

  it('takes along to there what they say here of how they like it, and not what else they say', async () => {
    await using here = await openBoth(desk)
    const { there } = here
    await using client = await signIn(here, 'mira')
    await ask(client, here, 'Please keep your answers short. I love turquoise kites.')
    await there.known(2)
    await there.say('mira', 'dm', 'How are the tides?')
    expect(there.lastPrompt()).toMatch(/short/)
    expect(there.lastPrompt()).not.toMatch(/turquoise/)
    // All that is known of them anywhere goes by a word from here, and their sessions with it.
    const tap = { messageId: `web:-:${await client.begin()}/0`, action: 'do:forget all yes' }
    expect((await client.ask('POST', '/api/taps', tap)).json['told']).toMatchObject({ text: expect.any(String) })
    expect((await client.ask('GET', '/api/conversations')).status).toBe(401)
    await there.say('mira', 'dm', 'How are the tides?')
    expect(there.lastPrompt()).not.toMatch(/short|turquoise/)
  })
})
