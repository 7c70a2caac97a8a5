import type { Clock } from '#src/core/clock.ts'
import type { ControlEvent, PrivateWords } from '#src/core/event.ts'
import { type Feedback, tapSign, type Verdict } from '#src/core/feedback.ts'
import { type TurnId, turnId } from '#src/core/ids.ts'
import { isIgnored } from '#src/core/ignored.ts'
import { scopeOf } from '#src/core/preferences.ts'
import type { Store } from '#src/core/store.ts'
import type { Button } from '#src/core/surface.ts'
import * as words from './feedback-words.ts'

export type TapParts = Readonly<{
  store: Pick<Store, 'turns' | 'preferences'>
  clock: Clock
  feedback: Feedback | undefined
}>

const prefix = 'feedback:'
/** Nobody is asked why more often than that, in ms. */
const askAgainAfterMs = 24 * 3_600_000
/** When somebody was asked why, or that they do not want to be. */
const askedPreference = 'feedback asked'
const neverAgain = 'never'

/** What a tap can say, as it stands in a button. */
const verdictOf: Readonly<Record<string, Verdict>> = {
  good: 'good',
  bad: 'bad',
  too_long: 'too long',
  too_short: 'too short',
  wrong: 'wrong',
  tone: 'tone',
}

/** `turn`: known of a button that stands under a private answer, which is no answer itself. */
type Tap = Readonly<{ what: string; turn: TurnId | undefined }>

/** What a button by which answers are judged asks for; `undefined`: it is another button. */
function tapOf({ control }: ControlEvent): Tap | undefined {
  if (control.type !== 'button' || !control.action.startsWith(prefix)) return undefined
  const [what = '', turn] = control.action.slice(prefix.length).split(':')
  return { what, turn: turn === undefined ? undefined : turnId(turn) }
}

/**
 * What becomes of a tap on a button by which answers are judged; `undefined`: it is another button. The words are for the person who
 * tapped, alone.
 */
export function createHearTap({ store, clock, feedback }: TapParts) {
  async function answerTo(event: ControlEvent, tap: Tap): Promise<PrivateWords | undefined> {
    const { control, person } = event
    if (control.type !== 'button') return undefined
    const turn = tap.turn ?? (await store.turns.showing(control.message))
    if (turn === undefined || feedback === undefined) return words.nothingToJudge
    if (tap.what === 'ask') return { text: words.howWasIt, buttons: [good(turn), ...reasons(turn)] }
    if (tap.what === 'never') {
      await store.preferences.choose(askedPreference, scopeOf(person.id), neverAgain)
      return words.askedNoMore
    }
    return await judge(event, turn, tap.what, feedback)
  }

  async function judge(
    event: ControlEvent,
    turn: TurnId,
    what: string,
    to: Feedback,
  ): Promise<PrivateWords | undefined> {
    const { key, person, at } = event
    const isTakenBack = what === 'back'
    const verdict = Object.hasOwn(verdictOf, what) ? verdictOf[what] : undefined
    if (verdict === undefined && !isTakenBack) return undefined
    if (!isTakenBack && (await isIgnored(store.preferences, person.id))) return words.notLearnt
    const heard = await to.hear({ key, person, on: { turn }, sign: tapSign, verdict, at })
    if (heard === 'unwelcome') return words.notLearnt
    if (verdict === undefined) return words.takenBack
    const back = button('back', turn, words.takeBackLabel)
    if (verdict !== 'bad' || !(await mayAsk(event)))
      return { text: words.noted[verdict] ?? words.thanks, buttons: [back] }
    return { text: words.whatWasWrong, buttons: [...reasons(turn), back, button('never', turn, words.neverLabel)] }
  }

  /** At most once a day; who is asked counts as asked. */
  async function mayAsk({ person }: ControlEvent): Promise<boolean> {
    const scope = scopeOf(person.id)
    const asked = await store.preferences.chosen(askedPreference, [scope])
    const now = clock.now()
    if (asked === neverAgain || (asked !== undefined && now.getTime() - Date.parse(asked) < askAgainAfterMs))
      return false
    await store.preferences.choose(askedPreference, scope, now.toISOString())
    return true
  }

  return (event: ControlEvent): ((signal: AbortSignal) => Promise<void>) | undefined => {
    const tap = tapOf(event)
    if (tap === undefined) return undefined
    return async signal => {
      const answer = await answerTo(event, tap)
      if (answer !== undefined) await event.respond(answer, signal)
    }
  }
}

function reasons(turn: TurnId): readonly Button[] {
  return Object.entries(words.reasonLabels).map(([what, label]) => button(what, turn, label))
}

function good(turn: TurnId): Button {
  return button('good', turn, words.goodLabel)
}

function button(what: string, turn: TurnId, label: string): Button {
  return { action: `${prefix}${what}:${turn}`, label }
}
