import type { MessageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import type { Front } from '#test/support/build-house.ts'

/**
 * A talk with Aeries on one platform's stand-in, as far as the journeys need it. Whoever implements this runs all of them:
 * what a person does, what a person reads, the weather, and what the stand-in counted.
 */
export interface JourneyPlatform<World extends JourneyWorld = JourneyWorld> {
  readonly name: string
  /**
   * Opens the stand-in, with Mira, Jonas and Wren in one channel with Aeries. `wide`: no limit of the platform stands in the
   * way where it is not the matter. `own`: the platform's limits, scaled so that a test need not wait for minutes.
   */
  open(limits: 'wide' | 'own'): Promise<World>
  /** How many conversations at once, and how many nasty answers, are worth the time that its limits take. */
  readonly crowd: number
  /** It has no place that others read along: `channel` is one more talk of each person with Aeries. */
  readonly hasOnlyDms?: true
  readonly nastyAnswers: number
}

/** The DM of whoever speaks or is spoken to, the channel, or a thread of the channel. */
export type Spot = 'dm' | 'channel' | Readonly<{ thread: string }>

/** What a person said. */
export type Spoken = Readonly<{ id: string; at: number }>

/** One message of Aeries. */
export type Said = Readonly<{
  /** As people read it now; empty for a message that is only a file. */
  text: string
  /** Each state that people saw, the present one at the end; `at` in milliseconds since 1970. */
  film: readonly Readonly<{ at: number; text: string }>[]
  /** The id of what it visibly answers, by a reply to it or in its thread. */
  answers: string | undefined
  files: readonly string[]
  /** Everybody for whom any state of it rang, and every address that it unfurled. */
  pings: readonly string[]
  unfurls: readonly string[]
}>

export type Emoji = '👍' | '👍🏽' | '👎' | '✂️' | '😂' | '🛑' | '🔁' | '▶️' | '🗑️'

/** What one person alone was shown. */
export type Told = Readonly<{ id: string; text: string; buttons: readonly string[] }>

export type Counts = Readonly<{
  /** Answers of the platform that a limit was met. */
  refused: number
  /** Edits that changed nothing. */
  identical: number
  /** Calls that the storm met. */
  struck: number
  /** Signs that Aeries is writing. */
  typing: number
  /** Calls that the platform does not know. */
  unknownCalls: readonly string[]
}>

export interface JourneyWorld extends AsyncDisposable {
  /** Where Aeries stands before this world; one for each way that it has of writing there, the usual one first. */
  readonly fronts: readonly [Front, ...Front[]]
  /** Settings by which the service, as a process of its own, finds it. */
  readonly settings: Readonly<Record<string, string>>

  /** Brings people in, to the channel, too. `all`: spread over all kinds of DM that the platform has. */
  meet(names: readonly string[], kinds: 'usual' | 'all'): Promise<void>
  /** `@Aeries` and `@Name` in the text are mentions. Resolves when the platform has told of it. */
  say(person: string, spot: Spot, text: string): Promise<Spoken>
  /** Opens a thread on what somebody said in the channel. */
  openThread(person: string, root: Spoken): Spot
  /** The platform tells of it once more. */
  repeat(spoken: Spoken): Promise<void>

  edit(person: string, spot: Spot, spoken: Spoken, text: string): Promise<void>
  /** Takes away what they said there. */
  unsay(person: string, spot: Spot, spoken: Spoken): Promise<void>
  /** Brings in somebody who may delete what others say in the channel. */
  moderator(): Promise<string>
  /** Deletes the newest message of Aeries in the channel, by the platform's own means. */
  takeAway(moderator: string): Promise<void>

  /** What of Aeries stands there, oldest first; a DM is Mira's unless it is told whose. */
  said(spot: Spot, person?: string): readonly Said[]
  /** Until a message of Aeries in Mira's DM or the channel passes. */
  until(spot: 'dm' | 'channel', test: (text: string) => boolean): Promise<void>
  /** Somebody reacts to a message of Aeries in Mira's DM or the channel, or takes that back. */
  react(
    person: string,
    spot: 'dm' | 'channel',
    message: MessageId,
    emoji: Emoji,
    change: 'added' | 'removed',
  ): Promise<void>
  /** Presses a button under a message there, by its label. */
  press(person: string, spot: 'dm' | 'channel', id: string, label: string): Promise<void>
  /** What that person alone is shown there, oldest first. */
  told(person: string, spot: 'dm' | 'channel'): readonly Told[]
  /** Opens the reasons for not liking an answer in Mira's DM. */
  openReasons(message: MessageId): Promise<void>
  /** The message under an id that the house knows. */
  message(place: Place, id: MessageId): Said
  /** How many messages of Aeries there ever were, anywhere, deleted ones too. */
  everSaid(): number
  /** How a note reads under a text. */
  withNote(text: string, note: string): string

  /** Everything that calls people, in the platform's markup. */
  mentionForms(): readonly string[]
  /** Lost requests, lost answers, limits met and whatever else the platform has, at random, from now on. */
  storm(): void
  counts(): Counts
}
