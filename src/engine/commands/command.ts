import type { Awaitable } from '#src/core/awaitable.ts'
import type { CommandSpec } from '#src/core/command.ts'
import type { PrivateWords } from '#src/core/event.ts'
import type { EventKey, MessageId, PersonId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import type { CommandParts } from './command-parts.ts'

/** Who asks for it, where, and of what. */
export type CommandContext = CommandParts &
  Readonly<{
    key: EventKey
    place: Place
    person: Person
    at: Date
    /** When they wrote it, if it is a message: it may come late. What is told live has no clock of its platform. */
    saidAt: Date | undefined
    /** The message that they point at. */
    about: MessageId | undefined
    /** They tapped a button of ours: what a button alone may do, typed words may not. */
    isTapped: boolean
    /** Says it to everybody in the channel; whether it stands there. */
    announce(text: string): Promise<boolean>
    /** Until then they may be told a further word where they asked. */
    keepDoor(until: Date): void
    /** Tells somebody else, alone, who keeps a door open; whether there is one. */
    tellOther(person: PersonId, words: PrivateWords): Promise<boolean>
  }>

export type Suggestion = Readonly<{ name: string; value: string }>

/** One verb of `/aeries VERB`, the same on all platforms. What it returns is told to the person alone. */
export type Command = CommandSpec &
  Readonly<{
    /** How it is written, for a person. */
    usage: string
    /** It is carried out at once, whatever its giver said before that is not taken in yet. */
    isAtOnce?: true
    /** It takes something out or away from Aeries, or ends that: so it is done however late it is heard. */
    countsLate?(words: readonly string[]): boolean
    /**
     * The name of what its giver sets by such words there: heard late, it is not done if they have set that anew since. `undefined`: it
     * sets nothing, or the words are wrong; no newer one stands in for it.
     */
    sets?(words: readonly string[], said: Pick<CommandContext, 'place' | 'person'>): string | undefined
    /** What follows an answer says about the verb; the words are as they were written. */
    run(context: CommandContext, words: readonly string[]): Awaitable<PrivateWords>
    /** Whether such words behind the verb are meant for it where people write it as a message; unless said, if it has options. */
    takes?(words: readonly string[]): boolean
    /** Whether such words behind the verb can be meant for nothing else, where people merely mention Aeries before it; unless said, if they are its choices. */
    isExact?(words: readonly string[]): boolean
    /** What an option that completes may be, for what is typed of it so far. */
    suggest?(context: CommandContext, typed: string): Awaitable<readonly Suggestion[]>
  }>

export function howToWrite({ usage }: Pick<Command, 'usage'>): string {
  return `Write it like this: /aeries ${usage}.`
}
