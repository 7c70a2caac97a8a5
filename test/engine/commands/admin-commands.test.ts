import { describe, expect, it } from 'vitest'
import { type PrivateAnswer, toldInWords } from '#src/core/event.ts'
import { eventKey } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { Persona } from '#src/core/persona.ts'
import { conversationOf, type Place } from '#src/core/place.ts'
import { aHouse, type HouseOptions } from '#test/engine/a-house.ts'
import { aPerson, channel, dm } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { RecordingSurface } from '#test/support/recording-surface.ts'

const admin: Person = { ...aPerson('Ada'), standing: 'admin' }
const moderator: Person = { ...aPerson('Max'), standing: 'moderator' }
const mira = aPerson('Mira')

/** A house, and what people are told privately when they ask it for something. */
function aPlace(options: HouseOptions = {}) {
  const clock = new ManualClock()
  const announced = new RecordingSurface({ clock })
  const platform = { platform: 'test', surface: () => announced, async *missed() {} }
  const house = aHouse(undefined, { clock, platforms: [platform], ...options })
  let count = 0
  const command = async (text: string, person: Person = admin, place: Place = channel) => {
    const [verb = '', ...words] = text.split(' ')
    const told: string[] = []
    const respond: PrivateAnswer = async answer => void told.push(toldInWords(answer).text)
    const control = { type: 'command', verb, words: words.join(' ') } as const
    const key = eventKey('test', 'command', String(++count))
    house.engine.event({ type: 'control', key, place, person, at: clock.now(), control, respond })
    await clock.advance(1_000)
    return told.join('\n')
  }
  const say = async (sketch: Parameters<typeof house.hear>[0]) => {
    const { surface } = house.hear({ place: channel, ...sketch })
    await clock.advance(1_000)
    return surface.shown
  }
  return { ...house, clock, announced, command, say }
}

const notYours = 'That is for those who run this place. Nothing has changed.'

describe('commands for admins', () => {
  it.each(['listen on', 'observe off', 'allow everyone', 'deny <@2>'])('"%s" is done for nobody else', async text => {
    const { command, store, announced } = aPlace()
    expect(await command(text, mira)).toBe(notYours)
    expect(await command(text, moderator)).toBe(notYours)
    expect(announced.shown).toEqual([])
    expect(await store.accessRules.of('test:harbour' as never)).toEqual([])
  })

  it('may come from whom the settings name, and from nobody else if they say so', async () => {
    const also = new Set(['person:test:-:Mira' as never, 'role:test:harbour:crew' as never])
    const limits = { perMinute: 0, perDay: 0, characters: 0, tokensPerDay: 0 }
    const { command } = aPlace({ access: { rules: [], limits, admins: { asPlatformSays: false, also } } })
    expect(await command('listen off', mira)).toContain('already')
    expect(await command('listen off', { ...aPerson('Jonas'), roles: ['crew'] })).toContain('already')
    expect(await command('listen off', admin)).toBe(notYours)
  })

  it('let Aeries listen in a channel once that stands there, and end it', async () => {
    const { command, say, announced, store } = aPlace()
    await say({ text: 'before', message: { addressed: false } })
    expect(await command('listen on')).toBe('I read along here from now on, and have announced it.')
    expect(announced.shown[0]).toContain('An admin has let me read along in this channel.')
    await say({ text: 'between', message: { addressed: false } })
    expect(await command('listen on')).toContain('already')
    await command('listen off')
    await say({ text: 'after', message: { addressed: false } })
    expect((await store.history.last(conversationOf(channel), 9)).map(({ text }) => text)).toEqual(['between'])
    expect(announced.shown).toHaveLength(2)
    expect(await command('listen on', admin, dm)).toContain('In a DM')
  })

  it('does not let Aeries listen where it could not be announced', async () => {
    const { command, say, store } = aPlace({ platforms: [] })
    expect(await command('listen on')).toContain('could not announce it')
    await say({ text: 'unheard', message: { addressed: false } })
    expect(await store.history.knows(conversationOf(channel))).toBe(false)
  })

  it('deny and allow people, roles, channels and strangers, in that place alone', async () => {
    const { command, say } = aPlace()
    expect(await command('deny <@Mira>')).toContain('The rules here: deny person:test:-:Mira.')
    expect(await say({ person: mira })).toEqual([])
    expect(await say({ person: mira, place: dm })).toEqual(['You said: hello'])
    await command('deny <@Mira> default')
    expect(await say({ person: mira })).toEqual(['You said: Mira: hello'])
    await command('deny everyone')
    await command('allow <@&crew>')
    expect((await say({ person: mira }))[0]).toContain('not allowed to talk with everybody')
    expect(await say({ person: { ...mira, roles: ['crew'] } })).toHaveLength(1)
    await command('deny here')
    expect(await say({ person: { ...mira, roles: ['crew'] } })).toEqual([])
    expect(await command('allow')).toBe(
      'The rules here: deny channel:test:harbour:general, deny everyone, allow role:test:harbour:crew.',
    )
    expect(await command('deny Mira')).toContain('Write it like this: /aeries deny [WHOM [default]].')
    expect(await command('deny workspace:other:1')).toContain('Write it like this')
  })

  it('let a stranger in who was refused before', async () => {
    const otto = { ...aPerson('Otto'), external: true }
    const { command, say } = aPlace()
    expect((await say({ person: otto }))[0]).toContain('Ask one of its admins')
    await command('allow strangers')
    expect(await say({ person: otto })).toEqual(['You said: Otto: hello'])
  })
})

const personas: readonly Persona[] = [
  { name: 'Aeries', voice: 'You are Aeries.' },
  { name: 'Captain', voice: 'Ahoy.', about: 'Salty.', maxTokens: 200, sampling: { temperature: 1.5 } },
]

describe('a persona', () => {
  it('is chosen for a channel by an admin, for a DM by its person, and recorded with what it says', async () => {
    const { command, say, model, turns } = aPlace({ personas })
    expect(await command('persona Captain', mira)).toContain('for those who run this place')
    await say({ person: mira })
    expect(await command('persona captain')).toBe('From my next answer on I am Captain in this channel.')
    await say({ person: mira })
    await say({ person: mira, place: dm })
    expect(await command('persona Captain', mira, dm)).toBe('From my next answer on I am Captain here.')
    await say({ person: mira, place: dm })
    expect(turns.map(({ reply }) => reply.persona)).toEqual(['Aeries', 'Captain', 'Aeries', 'Captain'])
    expect(model.requests.map(({ maxTokens, sampling }) => [maxTokens, sampling])).toEqual([
      [1_024, undefined],
      [200, { temperature: 1.5 }],
      [1_024, undefined],
      [200, { temperature: 1.5 }],
    ])
    expect(await command('persona default')).toBe('From my next answer on I am Aeries in this channel.')
  })

  it('is told with the others, and of an unknown one nothing changes', async () => {
    const { command } = aPlace({ personas })
    expect(await command('persona', mira)).toBe('Here I am Aeries. I can be:\n- **Aeries**\n- **Captain**: Salty.')
    expect(await command('persona Pirate')).toContain('I do not know Pirate. Here I am Aeries.')
  })

  it('begins its prompt with the same words as every other', async () => {
    const { command, say, model } = aPlace({ personas })
    await say({})
    await command('persona Captain')
    await say({ person: admin })
    const [one = '', other = ''] = model.requests.map(({ messages }) => messages[0]?.content ?? '')
    const shared = [...one].findIndex((letter, at) => other[at] !== letter)
    expect(shared).toBeGreaterThan(400)
    expect(one.slice(shared)).toContain('You are Aeries.')
    expect(other.slice(shared)).toContain('Ahoy.')
  })
})

describe('quota', () => {
  it('tells what is used and what is left, of oneself alone', async () => {
    const limits = { perMinute: 2, perDay: 200, characters: 12_000, tokensPerDay: 100_000 }
    const { command, say, store, clock } = aPlace({
      access: { rules: [], admins: { asPlatformSays: true, also: new Set() }, limits },
    })
    await store.usage.spend(25_000, clock.now())
    await say({ person: mira })
    await say({ person: mira })
    expect(await command('quota', mira)).toBe(
      'In the last minute I answered 2 of 2 of your messages, in the last 24 hours 2 of 200. I answer you again in 58 seconds. One message may have 12,000 characters. Of what I may say to all people together in a day, 25 % is used. Answers that you ask for anew count, and so do files.',
    )
    expect(await command('quota', admin)).toContain('0 of 2')
  })
})
