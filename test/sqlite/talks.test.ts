import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { conversationOf, type Place } from '#src/core/place.ts'
import type { FoundTalk } from '#src/core/talks.ts'
import { openStore, type SqliteStore } from '#src/sqlite/sqlite-store.ts'
import { anAsked } from '#test/support/an-asked.ts'
import { aPerson } from '#test/support/an-event.ts'
import { createSqliteHome } from './sqlite-home.ts'

const place: Place = { platform: 'test', workspace: undefined, channel: 'one', thread: undefined, audience: 'dm' }
const [mira, jonas] = [aPerson('Mira'), aPerson('Jonas')]
const at = new Date(1_800_000_000_000)

function say(store: SqliteStore, text: string, where: Place = place, person = mira): ReturnType<typeof anAsked> {
  const asked = anAsked({ text, place: where, person })
  void store.turns.receive(asked)
  return asked
}

const found = (store: SqliteStore, words: string, person = mira) =>
  store.talks.search(person.id, 'test', words, 10) as readonly FoundTalk[]

it('finds a talk by the words in it, for its person alone, and nothing that was said elsewhere', () => {
  using store = openStore({ path: ':memory:' })
  void store.talks.begin(mira.id, place, undefined, at)
  const channel: Place = { ...place, channel: 'general', workspace: 'harbour', audience: 'public' }
  say(store, 'Der Zürichsee friert zu')
  say(store, 'Am Rhein wird es wärmer')
  say(store, 'Der Zürichsee ist tief', channel)
  expect(found(store, 'zurichs')).toMatchObject([{ id: conversationOf(place), title: 'Der Zürichsee friert zu' }])
  expect(found(store, 'warmer')).toMatchObject([{ id: conversationOf(place), excerpt: 'Am Rhein wird es wärmer' }])
  expect(found(store, 'tief')).toEqual([])
  void store.talks.name(mira.id, conversationOf(place), 'Café in 서울')
  for (const words of ['cafe', 'CAFÉ', '서울 caf']) expect(found(store, words), words).toHaveLength(1)
  expect(found(store, 'zurichsee', jonas)).toEqual([])
  expect(found(store, '"* OR said:')).toEqual([])
})

it('finds words anywhere in what is written without blanks', () => {
  using store = openStore({ path: ':memory:' })
  const other: Place = { ...place, channel: 'two' }
  for (const where of [place, other]) void store.talks.begin(mira.id, where, undefined, at)
  say(
    store,
    '昨日、弟と一緒に海へ行って、緑色の小さな船を見ました。名前はわかりませんでしたが、とてもきれいでした。Vueの使い方も習いました。',
  )
  say(store, '我喜欢绿色的船', other)
  expect(found(store, '緑色')).toEqual([
    expect.objectContaining({ id: conversationOf(place), title: expect.stringContaining('緑色の小さな船') }),
  ])
  expect(found(store, '船')).toHaveLength(2)
  expect(found(store, '绿色 船').map(({ id }) => id)).toEqual([conversationOf(other)])
  expect(found(store, 'vueの使い方')).toHaveLength(1)
  expect(found(store, '船 vue')).toHaveLength(1)
  for (const words of ['緑船', '船 react']) expect(found(store, words), words).toEqual([])
  expect(found(store, '船', jonas)).toEqual([])
  const { message } = say(store, `${'あ'.repeat(100)}鯨が泳いでいる${'い'.repeat(100)}`)
  expect(found(store, '鯨')).toMatchObject([{ excerpt: `…${'あ'.repeat(24)}鯨が泳いでいる${'い'.repeat(18)}…` }])
  void store.forget.message(message.id)
  expect(found(store, '鯨')).toEqual([])
})

it.each(['message', 'conversation', 'person'] as const)(
  'leaves no word in the index, and no trace of it in the files, when a %s is forgotten',
  kind => {
    using home = createSqliteHome()
    {
      using store = openStore({ path: home.path })
      void store.talks.begin(mira.id, place, kind === 'person' ? 'Xylophonic plans' : undefined, at)
      const { message } = say(store, 'the xylophonic word')
      expect(found(store, 'xylophonic')).toHaveLength(1)
      if (kind === 'message') void store.forget.message(message.id)
      else if (kind === 'conversation') void store.forget.conversation(conversationOf(place))
      else void store.forget.person(mira.id)
      expect(found(store, 'xylo')).toEqual([])
    }
    expect(readFileSync(home.path).includes('xylophonic')).toBe(false)
    expect(readFileSync(home.path).includes('Xylophonic')).toBe(false)
  },
)

it('takes other words in when a message changes, and lets a purged one go', () => {
  using store = openStore({ path: ':memory:' })
  void store.talks.begin(mira.id, place, undefined, at)
  const { message } = say(store, 'about boats')
  void store.revisions.correct(message.id, mira.id, 'about trains', false)
  expect([found(store, 'boats').length, found(store, 'trains').length]).toEqual([0, 1])
  void store.revisions.purge([message.id], new Date(0))
  expect(found(store, 'trains')).toEqual([])
})

it('is called as its first words until it gets a title, which goes with the last of its words', () => {
  using store = openStore({ path: ':memory:' })
  void store.talks.begin(mira.id, place, undefined, at)
  const title = () => store.talks.find(mira.id, conversationOf(place))
  expect(title()).toMatchObject({ title: '' })
  const { message } = say(store, 'My first words')
  expect(title()).toMatchObject({ title: 'My first words' })
  void store.talks.name(jonas.id, conversationOf(place), 'stolen')
  void store.talks.name(mira.id, conversationOf(place), 'Secret plans')
  expect(title()).toMatchObject({ title: 'Secret plans' })
  void store.forget.message(message.id)
  expect(title()).toMatchObject({ title: '' })
})
