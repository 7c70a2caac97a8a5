import type { Consent, Introduction, LearningChoice, LearningMode } from '#src/core/consent.ts'
import { learningChoices, learningModes, learningPreference, placeModePreference } from '#src/core/consent.ts'
import { conversationId, type PersonId, type TurnId } from '#src/core/ids.ts'
import { incognitoPreference, incognitoTalk } from '#src/core/incognito.ts'
import { isShared, type Place } from '#src/core/place.ts'
import { type Preferences, scopeOf, scopeOfPlace, scopeOfTalk } from '#src/core/preferences.ts'
import { workspaceOf } from '#src/core/workspace.ts'

export type ConsentParts = Readonly<{
  preferences: Preferences
  mode: LearningMode
  /** Where it is otherwise: by `platform:workspace:channel` or `platform:workspace`, `-` for no workspace. */
  places?: ReadonlyMap<string, LearningMode> | undefined
  now?: (() => Date) | undefined
}>

const toldPreference = 'learning told'
/** Under that name stands the turn whose answer told it last. */
const toldUnderPreference = 'learning told under'
/** Under that name stands until when nothing is learnt from somebody. */
export const pausePreference = 'learning paused until'
const action = 'learning:'

/** What somebody was told, the least first: that Aeries is an AI; that it learns, too; and was asked whether it may. */
type Told = 'ai' | 'learns' | 'asked'
const tellings: readonly (string | undefined)[] = ['ai', 'learns', 'asked'] satisfies readonly Told[]

const introductions: Readonly<Record<Told, Introduction>> = {
  ai: { note: 'Aeries is an AI.', buttons: [] },
  learns: {
    note: 'Aeries is an AI and learns how people like to be talked to. Say "aeries learning off", and it does not learn from you.',
    buttons: [],
  },
  asked: {
    note: 'Aeries is an AI. May it learn how you like to be talked to? Say "aeries learning off" whenever it shall stop.',
    buttons: [
      { action: `${action}on`, label: 'Yes, learn' },
      { action: `${action}off`, label: 'No' },
    ],
  },
}

/** Whether Aeries may learn from people: what they chose is kept with their other preferences, and a no always counts. */
export function createConsent({
  preferences,
  mode,
  places = new Map(),
  now = () => new Date(),
}: ConsentParts): Consent {
  /** As it is set, and as an admin of the place wants it: the less of the two. */
  async function modeAt(place: Place): Promise<LearningMode> {
    const channel = conversationId({ ...place, thread: undefined })
    const set = places.get(channel) ?? places.get(workspaceOf(place)) ?? mode
    const wanted = await preferences.chosen(placeModePreference, [scopeOfPlace(place)])
    return learningModes.findLast(one => one === set || one === wanted) ?? set
  }

  async function chosen(person: PersonId, place: Place): Promise<LearningChoice | undefined> {
    const here = await preferences.chosen(learningPreference, [scopeOf(person, place)])
    const everywhere = await preferences.chosen(learningPreference, [scopeOf(person)])
    if (here === 'off' || everywhere === 'off') return 'off'
    return here === 'on' || everywhere === 'on' ? 'on' : undefined
  }

  /** Only in a DM there is somebody to ask alone. */
  async function needed(person: PersonId, place: Place): Promise<Told> {
    const at = await modeAt(place)
    if (at === 'off') return 'ai'
    if (at === 'on' || (await chosen(person, place)) !== undefined) return 'learns'
    return isShared(place) ? 'ai' : 'asked'
  }

  async function isToldUnder(person: PersonId, turn: TurnId): Promise<boolean> {
    return (await preferences.chosen(toldUnderPreference, [scopeOf(person)])) === turn
  }

  async function isIncognito(person: PersonId, place: Place): Promise<boolean> {
    const scope = scopeOfTalk(person, incognitoTalk(place))
    return (await preferences.chosen(incognitoPreference, [scope])) !== undefined
  }

  return {
    async allows(person, place) {
      if (await isIncognito(person, place)) return false
      const at = await modeAt(place)
      if (at === 'off') return false
      const choice = await chosen(person, place)
      return choice === undefined ? at === 'on' : choice === 'on'
    },

    async mayLearn(person, place) {
      return (await this.allows(person, place)) && (await this.pausedUntil(person)) === undefined
    },

    async pause(person, until) {
      await preferences.choose(pausePreference, scopeOf(person), until?.toISOString())
    },

    async pausedUntil(person) {
      const until = await preferences.chosen(pausePreference, [scopeOf(person)])
      const at = until === undefined ? undefined : new Date(until)
      return at !== undefined && at > now() ? at : undefined
    },

    async introduction(person, place, turn) {
      const toldBefore = await preferences.chosen(toldPreference, [scopeOf(person)])
      const told = tellings.indexOf(toldBefore)
      const need = await needed(person, place)
      if (tellings.indexOf(need) > told) return introductions[need]
      if (!(await isToldUnder(person, turn))) return undefined
      // Who has said no meanwhile is learnt from no more.
      return introductions[(await chosen(person, place)) === 'off' ? 'ai' : need]
    },

    async introduced(person, place, turn) {
      const before = await preferences.chosen(toldPreference, [scopeOf(person)])
      const now = await needed(person, place)
      // An answer elsewhere may have told more meanwhile.
      if (tellings.indexOf(now) <= tellings.indexOf(before)) return
      await preferences.choose(toldPreference, scopeOf(person), now)
      await preferences.choose(toldUnderPreference, scopeOf(person), turn)
    },

    async choose(person, place, choice, where) {
      const value = choice === 'default' ? undefined : choice
      const at = await modeAt(place)
      if (choice !== 'on' || at !== 'off') {
        await preferences.choose(learningPreference, scopeOf(person, where === 'here' ? place : undefined), value)
      }
      if (at === 'off') return 'I learn from nobody here.'
      const mayLearn = (await this.allows(person, place)) ? 'on' : 'off'
      if (choice === 'on' && mayLearn === 'off') return stillOff
      return `${whatItMeans[mayLearn]} This counts ${where === 'here' ? 'here' : 'wherever we talk'}.`
    },

    choiceOf(tapped) {
      return learningChoices.find(choice => tapped === `${action}${choice}`)
    },
  }
}

const whatItMeans: Readonly<Record<'on' | 'off', string>> = {
  on: 'I learn how you like to be talked to.',
  off: 'I do not learn from you, and use nothing that I learnt before.',
}

const stillOff =
  'You said no for another scope, and a no counts: "aeries learning on" and "aeries learning on here" take it back.'
