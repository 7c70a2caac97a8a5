import type { GatewayMessageCreateDispatchData } from 'discord.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { incomingMessage } from '#adapters/discord/incoming.ts'
import { everyone, subjectOf } from '#src/core/access.ts'
import { conversationId } from '#src/core/ids.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { listeningPreference } from '#src/engine/access/access.ts'
import {
  aDirectMessage,
  aeries,
  aeriesUser,
  aMessage,
  aScene,
  aUser,
  ownRole,
} from '#test/adapters/discord/a-message.ts'
import { discordPlatform } from '#test/journey/discord-platform.ts'
import { openScene } from '#test/journey/open-scene.ts'
import { patience } from '#test/support/patience.ts'
import { type Play, type Stage, usualLimits, verdictOn } from './a-stage.ts'
import { type RuleName, type RuleOn, speakingRules, type Verdict } from './speaking-rules.ts'

/** What no person can do in the stand-in, as the gateway tells it. */
type Told = GatewayMessageCreateDispatchData

const robot = aUser('100000000000000009', 'Robot', { bot: true })
const call = { content: `<@${aeries}> hello`, mentions: [aeriesUser] }

const told: Readonly<Partial<Record<RuleName, Told>>> = {
  ownRole: aMessage({ content: `<@&${ownRole}> hello` }),
  voiceText: aMessage({ ...call, channel_id: '300000000000000077', channel_type: 2 }),
  groupMention: aDirectMessage({ ...call, channel_type: 3 }),
  groupWords: aDirectMessage({ channel_type: 3 }),
  otherBot: aMessage({ ...call, author: robot }),
  webhook: aMessage({ ...call, webhook_id: '900000000000000001' }),
  itself: aMessage({ ...call, author: aeriesUser }),
  system: aMessage({ ...call, type: 7 }),
}

describe('when Aeries speaks in Discord', () => {
  let open: Awaited<ReturnType<typeof openDiscord>>
  beforeAll(async () => {
    open = await openDiscord()
  })
  afterAll(() => open[Symbol.asyncDispose]())

  const rules = Object.entries(speakingRules).flatMap(([name, rule]) =>
    'discord' in rule ? [[name as RuleOn<'discord'>, rule.said, rule.discord] as const] : [],
  )
  it.each(rules)('%s: %s: %s', async (name, _, verdict) => {
    const payload = told[name]
    expect(payload ? verdictOnPayload(payload) : await verdictOn(open, verdict, open.plays[name])).toBe(verdict)
  })
})

function verdictOnPayload(payload: Told): Verdict {
  return incomingMessage(payload, aScene())?.message.addressed ? 'answers' : 'silent'
}

async function openDiscord() {
  const scene = await openScene(discordPlatform)
  const { server } = scene.world
  const { people, places } = server
  const house = await scene.house({ access: usualLimits(200) })
  const placeOf = (name: string) => {
    const found = [...server.world.channels.values()].find(one => one.name === name)
    const workspace = found?.guildId
    return { platform: 'discord', workspace, channel: found?.id ?? '', thread: undefined, audience: 'public' } as const
  }
  const [general, random, crew] = ['general', 'random', 'crew'].map(placeOf)
  if (!general || !random || !crew) throw new Error('the harbour has other channels')
  const rule = (subject: Parameters<typeof house.store.accessRules.rule>[1], says: 'deny' | undefined) =>
    house.store.accessRules.rule(workspaceOf(general), subject, says, 'discord:-:1' as never, new Date())
  let named = 0
  const newcomer = async () => {
    const { id, name } = server.scene.createPerson({ name: `person${++named}` })
    server.scene.setRoles(id, [])
    return name
  }
  const idOf = (name: string) => [...server.world.people.values()].find(one => one.name === name)?.id ?? ''
  const answered = async (speaker: string) => {
    const { id } = people.say(speaker, '#general', '@Aeries come here')
    await server.watch.until('#general', one => one.reference?.messageId === id, patience())
    return people.messages('#general').find(one => one.reference?.messageId === id)?.id ?? ''
  }
  const threadOf = (speaker: string) => {
    const root = people.say(speaker, '#general', 'a root')
    return places.createThread('#general', { name: 'a thread', by: speaker, message: root.id }).id
  }
  const ownThread = async (speaker: string) => {
    const thread = threadOf(speaker)
    people.say(speaker, thread, '@Aeries come here')
    await server.watch.until(thread, one => one.authorId === server.botId && one.content !== '', patience())
    return thread
  }
  const toldAlone = (person: string) =>
    people.messages(`dm:${person}`, person).flatMap(one => (one.authorId === server.botId ? [one.content] : []))
  let loud = ''

  const plays: Readonly<Record<RuleOn<'discord'>, Play>> = {
    ...unplayed,
    async dm(word, speaker) {
      people.say(speaker, `dm:${speaker}`, word)
      return undefined
    },
    mention: async (word, speaker) => void people.say(speaker, '#general', `well, @Aeries, ${word}`),
    reply: async (word, speaker) => {
      const replyTo = await answered(speaker)
      people.say(speaker, '#general', word, { replyTo, ping: false })
      return undefined
    },
    followUp: async (word, speaker) => void people.say(speaker, await ownThread(speaker), word),
    calledIn: async (word, speaker) => void people.say(speaker, threadOf(speaker), `@Aeries ${word}`),
    twice: async (word, speaker) => void people.redeliver(people.say(speaker, '#general', `@Aeries ${word}`).id),
    forwardedToIt: async (word, speaker) => {
      const { id } = people.say('jonas', '#general', 'the ferry is late')
      people.say(speaker, `dm:${speaker}`, word)
      people.say(speaker, `dm:${speaker}`, '', { forward: id })
      return undefined
    },
    toNobody: async (word, speaker) => void people.say(speaker, '#general', word),
    async listened(word, speaker) {
      await house.store.preferences.choose(listeningPreference, scopeOfPlace(random), 'on')
      people.say(speaker, '#random', word)
      return '#random'
    },
    async noUnaddressed(_, speaker) {
      people.say(speaker, '#general', 'aeries learning off')
      await expect.poll(() => toldAlone(speaker)).toHaveLength(1)
      people.say(speaker, '#general', 'aeries ignore me')
      await expect.poll(() => toldAlone(speaker)).toHaveLength(2)
      return undefined
    },
    commandMentioned: async (_, speaker) => void people.say(speaker, '#general', '@Aeries me'),
    commandLike: async (word, speaker) => void people.say(speaker, '#general', `@Aeries help me with this ${word}`),
    toOthers: async (word, speaker) => void people.say(speaker, '#general', `@Mira ${word}`),
    toEverybody: async (word, speaker) => void people.say(speaker, '#general', `@everyone @here ${word}`),
    toRole: async (word, speaker) => {
      server.scene.createRole({ name: 'sailors', mentionable: true })
      people.say(speaker, '#general', `@sailors ${word}`)
      return undefined
    },
    foreignThread: async (word, speaker) => void people.say(speaker, threadOf(speaker), word),
    async othersInThread(word, speaker) {
      const thread = await ownThread(speaker)
      people.say(speaker, thread, `@Mira ${word}`)
      return thread
    },
    async replyToOthers(word, speaker) {
      const thread = await ownThread(speaker)
      const { id } = people.say('mira', thread, '@Jonas what do you say?')
      people.say(speaker, thread, word, { replyTo: id })
      return thread
    },
    async forwarded(word, speaker) {
      const { id } = people.say('jonas', '#general', word)
      people.say(speaker, '#general', '', { forward: id })
      return undefined
    },
    async editedIn(word, speaker) {
      const { id } = people.say(speaker, '#general', 'hello')
      people.edit(speaker, id, `@Aeries ${word}`)
      return undefined
    },
    async reaction(_, speaker) {
      people.react(speaker, await answered(speaker), '👍')
      return undefined
    },
    async stop(_, speaker) {
      people.say(speaker, '#general', '@Aeries stop')
      return undefined
    },
    async denied(word, speaker) {
      await rule(subjectOf('person', `discord:-:${idOf(speaker)}`), 'deny')
      people.say(speaker, '#general', `@Aeries ${word}`)
      return undefined
    },
    async deniedPlace(word) {
      await rule(subjectOf('channel', conversationId(crew)), 'deny')
      people.say('mira', '#crew', `@Aeries ${word}`)
      return undefined
    },
    async notListed(word, speaker) {
      await rule(everyone, 'deny')
      people.say(speaker, '#general', `@Aeries ${word}`)
      await server.watch.until('#general', ({ content }) => content.includes('not allowed to talk'), patience())
      await rule(everyone, undefined)
      return undefined
    },
    async tooMuch(word, speaker) {
      loud = speaker
      for (let i = 0; i < 10; i += 1) people.say(speaker, '#general', `@Aeries number ${i}`)
      people.say(speaker, '#general', `@Aeries ${word}`)
      return undefined
    },
    refusedAgain: async word => void people.say(loud, '#general', `@Aeries ${word}`),
  }
  const stage: Stage = {
    house,
    newcomer,
    toldAlone,
    said: () => server.scene.record().flatMap(one => (one.authorId === server.botId ? [one.content] : [])),
    ask: async (place, text) => people.say(await newcomer(), place, `@Aeries ${text}`),
    talks: [general, random, crew].map(conversationId),
  }
  return { ...stage, plays, [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose]() }
}

const nobodyCan = () => Promise.reject(new Error('nobody can do that in the stand-in'))
const unplayed = {
  ownRole: nobodyCan,
  voiceText: nobodyCan,
  groupMention: nobodyCan,
  groupWords: nobodyCan,
  otherBot: nobodyCan,
  webhook: nobodyCan,
  itself: nobodyCan,
  system: nobodyCan,
}
