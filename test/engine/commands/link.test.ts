import { describe, expect, it } from 'vitest'
import { type PrivateNote, toldInWords } from '#src/core/event.ts'
import { personId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import { createConsent } from '#src/observer/consent.ts'
import { createNotebook } from '#src/observer/notebook.ts'
import { openStore } from '#src/sqlite/sqlite-store.ts'
import { aHouse } from '#test/engine/a-house.ts'
import { aLearning } from '#test/engine/a-learning.ts'
import { aLesson, aStatement } from '#test/support/a-lesson.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { anEvent, dm } from '#test/support/an-event.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { RecordingSurface } from '#test/support/recording-surface.ts'

const minute = 60_000
const mira: Person = { id: personId('discord', undefined, 'm1'), name: 'Mira @everyone', external: false }
const work: Person = { id: personId('slack', 'T1', 'U1'), name: 'mira.h', external: false }
const eve: Person = { id: personId('slack', 'T1', 'U2'), name: 'Eve', external: false }
const noor: Person = { id: personId('discord', undefined, 'm2'), name: 'Noor', external: false }
const workDm: Place = { ...dm, platform: 'slack', workspace: 'T1', channel: 'D9' }

/** Accounts that give commands; all that each of them was told alone, oldest first. */
function aDesk() {
  const clock = new ManualClock()
  const store = openStore({ path: ':memory:', now: () => clock.now() })
  const { parts } = aLearning(store.preferences)
  const consent = createConsent({ preferences: store.preferences, mode: 'on', now: () => clock.now() })
  const house = aHouse(undefined, {
    clock,
    store,
    learning: { ...parts, consent, notebook: createNotebook(store.learning) },
  })
  const told = new Map<string, PrivateNote[]>()
  const toldTo = ({ id }: Person) => told.get(id) ?? []
  const act = async (person: Person, control: { type: 'command'; verb: string; words: string } | { tap: string }) => {
    const before = toldTo(person).length
    const { key } = anEvent({ surface: new RecordingSurface({ clock }) })
    const message = anEvent({ surface: new RecordingSurface({ clock }) }).message.id
    house.engine.event({
      ...{ type: 'control', key, place: dm, person, at: clock.now() },
      control: 'tap' in control ? { type: 'button', action: control.tap, message } : control,
      respond: async words => void told.set(person.id, [...toldTo(person), toldInWords(words)]),
    })
    for (let waited = 0; toldTo(person).length === before && waited < 40; waited += 1) await clock.advance(50)
    return toldTo(person).at(-1)?.text ?? ''
  }
  const give = (person: Person, line: string) => {
    const [verb = '', ...words] = line.split(' ')
    return act(person, { type: 'command', verb, words: words.join(' ') })
  }
  const press = (person: Person, action: string) => act(person, { tap: action })
  const tap = (person: Person, label: string) => {
    const button = toldTo(person)
      .at(-1)
      ?.buttons?.find(one => one.label === label)
    if (button === undefined) throw new Error(`there is no button ${label}`)
    return press(person, button.action)
  }
  const codeOf = async (person: Person) => {
    const text = await give(person, 'link new')
    return /\*\*([A-Z]{4}-[A-Z]{4}-[A-Z]{4})\*\*/.exec(text)?.[1] ?? ''
  }
  const linked = async () => {
    await give(work, `link ${await codeOf(mira)}`)
    await give(work, 'link yes')
    await give(mira, 'link yes')
  }
  return { ...house, store, clock, give, tap, press, codeOf, linked, toldTo }
}

describe('link', () => {
  it('joins two accounts once both, shown each other’s name, said yes by a button', async () => {
    const { give, tap, codeOf, toldTo, store } = aDesk()
    const code = await codeOf(mira)
    expect(await give(work, `link ${code}`)).toContain('Is **Mira everyone** on Discord you, too?')
    expect(toldTo(mira).at(-1)?.text).toContain('Is **mira.h** on Slack you, too?')
    expect(await tap(work, 'Yes, that is me')).toContain('I wait for the yes of **Mira everyone** on Discord')
    expect(await store.links.of(mira.id)).toEqual([])
    expect(await tap(mira, 'Yes, that is me')).toContain('Linked with **mira.h** on Slack')
    expect(toldTo(work).at(-1)?.text).toContain('Linked with **Mira everyone** on Discord')
    expect((await store.links.of(work.id)).map(({ other }) => other.person)).toEqual([mira.id])
  })

  it('asks the issuer by a second /aeries link, and takes words for the button', async () => {
    const { give, codeOf, store } = aDesk()
    await give(work, `link ${(await codeOf(mira)).toLowerCase().replaceAll('-', ' ')}`)
    expect(await give(mira, 'link')).toContain('Is **mira.h** on Slack you, too?')
    expect(await give(mira, 'link yes')).toContain('I wait for the yes of **mira.h** on Slack')
    expect(await give(mira, 'link')).toContain('I wait for the yes')
    expect(await give(work, 'link yes')).toContain('Linked with')
    expect(await store.links.of(mira.id)).toHaveLength(1)
  })

  it('is nothing for anybody else: a foreign yes, no or button has no effect and shows nothing', async () => {
    const { give, tap, codeOf, toldTo, store } = aDesk()
    await give(work, `link ${await codeOf(mira)}`)
    for (const words of ['link yes', 'link no', 'link', 'unlink']) {
      const text = await give(eve, words)
      expect(text).not.toMatch(/mira/i)
    }
    const button = toldTo(work).at(-1)?.buttons?.[0]
    expect(await give(eve, button?.action.replace('do:', '') ?? '')).toContain('Nothing waits')
    expect(await tap(work, 'Yes, that is me')).toContain('I wait')
    expect(await tap(mira, 'Yes, that is me')).toContain('Linked with')
    expect(await store.links.of(eve.id)).toEqual([])
  })

  it('links nothing after a no, which the other side is told', async () => {
    const { give, tap, codeOf, toldTo, store } = aDesk()
    await give(work, `link ${await codeOf(mira)}`)
    await tap(work, 'Yes, that is me')
    expect(await tap(mira, 'No')).toContain('Nothing is linked with **mira.h** on Slack')
    expect(toldTo(work).at(-1)?.text).toContain('said no')
    expect(await give(work, 'link yes')).toContain('Nothing waits')
    expect(await store.links.of(mira.id)).toEqual([])
  })

  it('lets a button count for the account that stood above it alone', async () => {
    const { give, tap, codeOf, toldTo, store } = aDesk()
    await give(work, `link ${await codeOf(mira)}`)
    const [yesToMira] = toldTo(work).at(-1)?.buttons ?? []
    await give(work, `link ${await codeOf(noor)}`)
    expect(await tap(mira, 'Yes, that is me')).toContain('Nothing waits')
    expect(await give(work, yesToMira?.action.replace('do:', '') ?? '')).toContain('Nothing waits')
    expect(await tap(noor, 'Yes, that is me')).toContain('I wait for the yes of **mira.h**')
    expect(await store.links.of(work.id)).toEqual([])
  })

  it('refuses politely: wrong, old, own and used codes, and who tries too many', async () => {
    const { give, codeOf, clock } = aDesk()
    const code = await codeOf(mira)
    expect(await give(mira, `link ${code}`)).toContain('this same workspace')
    expect(await give(work, 'link nonsense')).toContain('no code that works')
    await clock.advance(10 * minute)
    expect(await give(work, `link ${code}`)).toContain('no code that works')
    for (let guess = 0; guess < 3; guess += 1) await give(work, 'link BCDF-GHJK-MNPQ')
    expect(await give(work, `link ${await codeOf(mira)}`)).toMatch(
      /Too many codes did not work\. Try again in \d+ minutes/,
    )
    expect(await give(work, 'link facts')).toContain('Write it like this: /aeries link')
    expect(await give(work, 'link facts on')).toContain('linked with no other')
  })

  it('says of each account what it lends, and lets facts over only when both say so', async () => {
    const { give, linked, store } = aDesk()
    await linked()
    expect(await give(mira, 'link facts on')).toContain('once you say `/aeries link facts on` there, too')
    expect(await give(work, 'link facts on')).toContain('style, and from DM to DM what you told me')
    expect(await give(mira, 'link facts off')).toContain('no fact of this account')
    await store.turns.receive(anAsked({ person: work }))
    const statements = [aStatement({ slot: 'reply_length', value: 'short', kind: 'instruction' }), aStatement()]
    const lesson = { ...aLesson({ place: workDm, statements }), person: work.id }
    await store.learning.learn(lesson, [])
    const me = await give(mira, 'me')
    expect(me).toContain('From mira.h on Slack')
    expect(await give(mira, 'forget 1')).toContain('A note that comes from **mira.h** on Slack is forgotten there')
    expect(me).not.toContain('tea')
    expect(await give(work, 'learning off')).toContain('what it lent is used no more')
    expect(await give(mira, 'me')).not.toContain('From mira.h')
  })

  it('tells what pause, export, ignore and forgetting all leave to the other account', async () => {
    const { give, tap, linked, toldTo, store } = aDesk()
    await linked()
    expect(await give(mira, 'pause day')).toContain('say it as well on **mira.h** on Slack')
    await give(mira, 'export')
    expect(toldTo(mira).at(-1)?.text).toContain('ask as well on **mira.h** on Slack')
    expect(toldTo(mira).at(-1)?.file?.content).toContain('"account": "slack:T1:U1"')
    expect(await give(mira, 'ignore me')).toContain('it lends nothing meanwhile to **mira.h** on Slack')
    expect(await give(mira, 'forget all')).toContain('The link with **mira.h** on Slack ends with it')
    await tap(mira, 'Forget all')
    expect(await store.links.of(work.id)).toEqual([])
  })
})

describe('unlink', () => {
  it('lets either side end the link, and asks which one where there are several', async () => {
    const { give, tap, press, toldTo, linked, codeOf, store } = aDesk()
    expect(await give(mira, 'unlink')).toContain('linked with no other')
    await linked()
    expect(await give(work, 'unlink')).toContain('No longer linked with **Mira everyone** on Discord')
    await linked()
    await give(work, `link ${await codeOf(noor)}`)
    await give(work, 'link yes')
    await give(noor, 'link yes')
    expect(await give(work, 'unlink')).toContain('**2** · **Noor** on Discord')
    const [first] = toldTo(work).at(-1)?.buttons ?? []
    expect(await tap(work, 'Unlink 1')).toContain('No longer linked with **Mira everyone**')
    expect(await press(work, first?.action ?? '')).toBe('That link has ended already.')
    expect((await store.links.of(work.id)).map(({ other }) => other.name)).toEqual(['Noor'])
    expect(await store.links.of(mira.id)).toEqual([])
  })
})
