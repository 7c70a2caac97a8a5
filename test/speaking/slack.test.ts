import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { incomingMessage } from '#adapters/slack/incoming.ts'
import { everyone, type Subject, strangers, subjectOf } from '#src/core/access.ts'
import { conversationId } from '#src/core/ids.ts'
import { scopeOfPlace } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { listeningPreference } from '#src/engine/access/access.ts'
import { aMessage, aScene } from '#test/adapters/slack/a-message.ts'
import { openScene } from '#test/journey/open-scene.ts'
import { slackPlatform } from '#test/journey/slack-platform.ts'
import { patience } from '#test/support/patience.ts'
import { type Play, type Stage, usualLimits, verdictOn } from './a-stage.ts'
import { type RuleName, type RuleOn, speakingRules, type Verdict } from './speaking-rules.ts'

type Told = ReturnType<typeof aMessage>

const call = { text: '<@UAERIES> hello' }

/** What no person can do in the stand-in, as Slack tells it. */
const told: Readonly<Partial<Record<RuleName, Told>>> = {
  otherBot: aMessage({ ...call, user: 'UROBOT', bot_id: 'B1' }),
  webhook: aMessage({ ...call, user: undefined, subtype: 'bot_message', bot_id: 'B2' }),
  itself: aMessage({ ...call, user: 'UAERIES' }),
  system: aMessage({ ...call, subtype: 'channel_join' }),
}

describe('when Aeries speaks in Slack', () => {
  let open: Awaited<ReturnType<typeof openSlack>>
  beforeAll(async () => {
    open = await openSlack()
  })
  afterAll(() => open[Symbol.asyncDispose]())

  const rules = Object.entries(speakingRules).flatMap(([name, rule]) =>
    'slack' in rule ? [[name as RuleOn<'slack'>, rule.said, rule.slack] as const] : [],
  )
  it.each(rules)('%s: %s: %s', async (name, _, verdict) => {
    const payload = told[name]
    expect(payload ? verdictOnPayload(payload) : await verdictOn(open, verdict, open.plays[name])).toBe(verdict)
  })
})

function verdictOnPayload(payload: Told): Verdict {
  return incomingMessage(payload, aScene())?.message.addressed ? 'answers' : 'silent'
}

async function openSlack() {
  const scene = await openScene(slackPlatform)
  const { server } = scene.world
  const { people, deliveries } = server
  // Its clock is swift: a minute is over in a second and a half, so the day's limit stands for both.
  const house = await scene.house({ access: usualLimits(10) })
  const placeOf = (name: string) => {
    const found = [...server.world.channels.values()].find(one => one.name === name)
    const place = { platform: 'slack', workspace: found?.teamId, channel: found?.id ?? '', thread: undefined } as const
    return { ...place, audience: 'public' } as const
  }
  const [general, random, crew] = ['general', 'random', 'crew'].map(placeOf)
  if (!general || !random || !crew) throw new Error('the harbour has other channels')
  const rule = (subject: Subject, says: 'allow' | 'deny' | undefined) =>
    house.store.accessRules.rule(workspaceOf(general), subject, says, 'slack:T:U' as never, new Date())
  let named = 0
  const newcomer = async () => {
    const { name } = server.scene.createPerson({ name: `person${++named}` })
    for (const channel of ['#general', '#random']) server.scene.invite(channel, name)
    await deliveries.idle()
    return name
  }
  const idOf = (name: string) => [...server.world.people.values()].find(one => one.name === name)?.id ?? ''
  const say = async (person: string, place: string, text: string, saying = {}) => {
    const { ts } = people.say(person, place, text, saying)
    // Over several lines what is said next may overtake it.
    await deliveries.idle()
    return ts
  }
  /** A thread that begins with words of somebody, and where Aeries has answered. */
  const ownThread = async (speaker: string) => {
    const thread = await say(speaker, '#general', '@Aeries come here')
    const isAnswer = (one: { botId: string | undefined; threadTs: string | undefined }) =>
      one.botId !== undefined && one.threadTs === thread
    await server.watch.until('#general', isAnswer, patience())
    await house.closed(house.turns.length)
    return thread
  }
  const toldAlone = (person: string) =>
    people
      .messages('#general', person)
      .flatMap(one => (one.ephemeralFor === idOf(person) ? [one.versions.at(-1)?.shown ?? ''] : []))
  let loud = ''

  const plays: Readonly<Record<RuleOn<'slack'>, Play>> = {
    ...unplayed,
    dm: async (word, speaker) => void (await say(speaker, `dm:${speaker}`, word)),
    mention: async (word, speaker) => void (await say(speaker, '#general', `well, @Aeries, ${word}`)),
    followUp: async (word, speaker) => {
      await say(speaker, '#general', word, { thread: await ownThread(speaker) })
      return undefined
    },
    async calledIn(word, speaker) {
      const thread = await say('jonas', '#general', 'a root')
      await say(speaker, '#general', `@Aeries ${word}`, { thread })
      return undefined
    },
    async twice(word, speaker) {
      const ts = await say(speaker, '#general', `@Aeries ${word}`)
      const again = deliveries.all().filter(({ payload }) => JSON.stringify(payload).includes(`"ts":"${ts}"`))
      for (const delivery of again) await deliveries.repeat(delivery)
      return undefined
    },
    groupMention: async (word, speaker) => void (await say(speaker, `dm:${speaker},jonas`, `@Aeries ${word}`)),
    toNobody: async (word, speaker) => void (await say(speaker, '#general', word)),
    async listened(word, speaker) {
      await house.store.preferences.choose(listeningPreference, scopeOfPlace(random), 'on')
      await say(speaker, '#random', word)
      return '#random'
    },
    async noUnaddressed(_, speaker) {
      await say(speaker, '#general', 'aeries learning off')
      await expect.poll(() => toldAlone(speaker)).toHaveLength(1)
      await say(speaker, '#general', 'aeries ignore me')
      await expect.poll(() => toldAlone(speaker)).toHaveLength(2)
      return undefined
    },
    commandMentioned: async (_, speaker) => void (await say(speaker, '#general', '@Aeries me')),
    commandLike: async (word, speaker) => void (await say(speaker, '#general', `@Aeries help me with this ${word}`)),
    toOthers: async (word, speaker) => void (await say(speaker, '#general', `@mira ${word}`)),
    toEverybody: async (word, speaker) => void (await say(speaker, '#general', `@channel @here ${word}`)),
    async toRole(word, speaker) {
      server.scene.createGroup('sailors', ['mira', 'jonas'])
      await say(speaker, '#general', `@sailors ${word}`)
      return undefined
    },
    async foreignThread(word, speaker) {
      const thread = await say('jonas', '#general', 'a root')
      await say(speaker, '#general', word, { thread })
      return undefined
    },
    async othersInThread(word, speaker) {
      await say(speaker, '#general', `@mira ${word}`, { thread: await ownThread(speaker) })
      return undefined
    },
    groupWords: async (word, speaker) => void (await say(speaker, `dm:${speaker},jonas`, word)),
    async editedIn(word, speaker) {
      const ts = await say(speaker, '#general', 'hello')
      people.edit(speaker, '#general', ts, `@Aeries ${word}`)
      await deliveries.idle()
      return undefined
    },
    async reaction(_, speaker) {
      const thread = await ownThread(speaker)
      const answer = people.messages('#general').find(one => one.botId !== undefined && one.threadTs === thread)
      people.react(speaker, '#general', answer?.ts ?? '', '+1')
      await deliveries.idle()
      return undefined
    },
    stop: async (_, speaker) => void (await say(speaker, '#general', '@Aeries stop')),
    async denied(word, speaker) {
      await rule(subjectOf('person', `slack:${general.workspace}:${idOf(speaker)}`), 'deny')
      await say(speaker, '#general', `@Aeries ${word}`)
      return undefined
    },
    async deniedPlace(word) {
      await rule(subjectOf('channel', conversationId(crew)), 'deny')
      await say('mira', '#crew', `@Aeries ${word}`)
      return undefined
    },
    async notListed(word, speaker) {
      await rule(everyone, 'deny')
      await say(speaker, '#general', `@Aeries ${word}`)
      const isRefusal = ({ versions }: { versions: readonly { shown: string }[] }) =>
        versions.some(({ shown }) => shown.includes('not allowed to talk'))
      await server.watch.until('#general', isRefusal, patience())
      await rule(everyone, undefined)
      return undefined
    },
    stranger: async word => void (await say('otto', '#port-authority', `@Aeries ${word}`)),
    async strangerAllowed(word) {
      await rule(strangers, 'allow')
      await say('otto', '#port-authority', `@Aeries ${word}`)
      return undefined
    },
    async tooMuch(word, speaker) {
      loud = speaker
      for (let i = 0; i < 10; i += 1) await say(speaker, '#general', `@Aeries number ${i}`)
      await say(speaker, '#general', `@Aeries ${word}`)
      return undefined
    },
    refusedAgain: async word => void (await say(loud, '#general', `@Aeries ${word}`)),
    tooLong: async (word, speaker) => void (await say(speaker, `dm:${speaker}`, `${word} ${'x'.repeat(12_000)}`)),
  }
  const stage: Stage = {
    house,
    newcomer,
    toldAlone,
    said: () =>
      server.scene.record().flatMap(one => (one.botId === undefined ? [] : [one.versions.at(-1)?.shown ?? ''])),
    ask: async (place, text) => await say(await newcomer(), place, `@Aeries ${text}`),
    talks: [general, random, crew].map(conversationId),
  }
  return { ...stage, plays, [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose]() }
}

const nobodyCan = () => Promise.reject(new Error('nobody can do that in the stand-in'))
const unplayed = { otherBot: nobodyCan, webhook: nobodyCan, itself: nobodyCan, system: nobodyCan }
