import { expect } from 'vitest'
import { type AccessSettings, openToAll } from '#src/core/access.ts'
import type { ConversationId } from '#src/core/ids.ts'
import type { House } from '#test/support/build-house.ts'
import type { Verdict } from './speaking-rules.ts'

/** Limits as they are when nobody sets them. `perDay`: where a clock is so swift that its minutes are over at once. */
export function usualLimits(perDay: number): AccessSettings {
  return { ...openToAll, limits: { perMinute: 10, perDay, characters: 12_000, tokensPerDay: 0 } }
}

/** What one platform does for the table. */
export type Stage = Readonly<{
  house: House
  /** A new person, who is in all open channels. */
  newcomer(): Promise<string>
  /** All words of Aeries that stand anywhere. */
  said(): readonly string[]
  /** What nobody but that person reads: on Discord in their DM, on Slack in the channel. */
  toldAlone(person: string): readonly string[]
  /** Somebody whom all rules allow asks something, behind all that was said before in that place. */
  ask(place: string, text: string): Promise<unknown>
  /** Where words are looked for that are kept. */
  talks: readonly ConversationId[]
}>

/** Says that word, somewhere, in some way. Resolves to where a question comes behind it; `undefined`: in #general. */
export type Play = (word: string, speaker: string) => Promise<string | undefined>

let count = 0

/** What becomes of a word. */
export async function verdictOn(stage: Stage, expected: Verdict, play: Play): Promise<Verdict | 'answers twice'> {
  const { house, said } = stage
  const word = `word${++count}x`
  const refusals = () => said().filter(text => refusal.test(text)).length
  const whispers = () => said().filter(isWhisper).length
  const before = refusals()
  const speaker = await stage.newcomer()
  const place = (await play(word, speaker)) ?? '#general'
  if (expected === 'answers') await closed(house, word)
  if (expected === 'refuses') await expect.poll(refusals).toBeGreaterThan(before)
  if (expected === 'heeds') await expect.poll(() => stage.toldAlone(speaker).some(isWhisper)).toBe(true)
  // What would be answered was asked before this, so the model has heard of it by now.
  await stage.ask(place, `probe${count}x`)
  await closed(house, `probe${count}x`)
  // Every message of its own is an answer or a refusal: nothing else makes it speak. What led up to the word may close last.
  await expect.poll(() => said().length - house.turns.length - refusals() - whispers()).toBe(0)
  const answers = turnsWith(house, word).length + turnsOf(house, speaker, word).length
  if (answers > 0) return answers === 1 ? 'answers' : 'answers twice'
  if (refusals() > before) return 'refuses'
  if (stage.toldAlone(speaker).some(isWhisper)) return 'heeds'
  const histories = await Promise.all(stage.talks.map(talk => house.store.history.last(talk, 500)))
  return histories.flat().some(({ text }) => text.includes(word)) ? 'keeps' : 'silent'
}

const refusal = /one of its admins|not allowed to talk|a lot at once|a lot today|more than I can read/

/** The answer to a command. */
function isWhisper(text: string): boolean {
  return /I do not learn from anybody here|I store nothing of you|know nothing about you/.test(text)
}

async function closed(house: House, word: string): Promise<void> {
  while (turnsWith(house, word).length === 0) await house.closed(house.turns.length + 1)
}

/** What the speaker was answered beside that word, and beside what leads up to it. */
function turnsOf({ turns }: House, speaker: string, word: string) {
  const texts = turns.flatMap(({ turn }) =>
    turn.asker.name === speaker ? turn.asked.map(one => one.message.text) : [],
  )
  return texts.filter(text => !text.includes(word) && !/come here|number \d/.test(text) && text !== '')
}

function turnsWith({ turns }: House, word: string) {
  return turns.filter(({ turn }) => turn.asked.some(({ message }) => message.text.includes(word)))
}
