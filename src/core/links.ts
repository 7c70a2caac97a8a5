import type { Awaitable } from './awaitable.ts'
import type { PersonId } from './ids.ts'

/** So long a code can be redeemed, and once it is, both sides may say yes; in ms. */
export const codeLastsMs = 10 * 60_000
/** So often one code may be tried, by whomever. */
export const maxTries = 5
/** So many wrong codes one account may try in an hour. */
export const maxGuesses = 5
/** More accounts nobody has to link, and every brief reads all of them. */
export const maxLinks = 4

/** An account, under the name that it shows where it asked. */
export type Account = Readonly<{ person: PersonId; name: string }>

/** `code`: told once; only its hash is kept. */
export type IssuedCode = Readonly<{ code: string; until: Date }>

/** One account as it sees a link to another. */
export type Link = Readonly<{
  other: Account
  since: Date
  /** Whether what is known of them as facts may be used over the link: only where both sides said so. */
  facts: Readonly<{ here: boolean; there: boolean }>
}>

/** Somebody gave the code of an account: they are linked once both said yes. */
export type LinkRequest = Readonly<{
  /** Names the request in a button; it is no secret. */
  handle: string
  other: Account
  saidYes: Readonly<{ here: boolean; there: boolean }>
  until: Date
}>

export type Redeemed =
  | Readonly<{ outcome: 'asked'; request: LinkRequest }>
  /** No such code, or one that is over: too old, used, or tried too often. */
  | Readonly<{ outcome: 'wrong' }>
  /** That account, or that guesser, tried too many wrong codes. */
  | Readonly<{ outcome: 'too many guesses'; until: Date }>
  /** It is that account's own, or of one on the same platform and in the same workspace. */
  | Readonly<{ outcome: 'not another place' }>
  | Readonly<{ outcome: 'linked before' | 'too many links' }>

export type SignedIn =
  | Readonly<{ outcome: 'signed in'; account: Account }>
  | Extract<Redeemed, { outcome: 'wrong' | 'too many guesses' }>

/**
 * Which accounts are one person's, by their own word from each. Nothing of an account is copied over a link: whoever reads sums
 * up what each has, so that without the link each has what came from it. What a link shares is what two accounts hold that are
 * linked with each other, and goes no further along.
 */
export interface Links {
  /** Makes a code for an account; one that it had before, and a request that it was part of, are over. */
  issue(account: Account, at: Date): Awaitable<IssuedCode>
  /** Gives the code of another account. It works once, whatever comes of it, and each wrong one counts. */
  redeem(code: string, by: Account, at: Date): Awaitable<Redeemed>
  /**
   * Tells by a code who that is, for a door without accounts of its own; it works once. `guesser`: whose wrong codes are counted
   * together, such as a network address.
   */
  signIn(code: string, guesser: string, at: Date): Awaitable<SignedIn>
  /** What waits for a yes of that account, or of the other one. */
  request(person: PersonId, at: Date): Awaitable<LinkRequest | undefined>
  /** The account says yes. Returns what then is: linked, or still waiting for the other; `undefined`: nothing waits. */
  confirm(person: PersonId, at: Date): Awaitable<Readonly<{ isLinked: boolean; other: Account }> | undefined>
  /** The account says no, or takes its code back. Returns the other side, if there was one. */
  refuse(person: PersonId): Awaitable<Account | undefined>
  /** The links of an account, oldest first; at most `maxLinks`. */
  of(person: PersonId): Awaitable<readonly Link[]>
  /** Whether facts of that account may be used over its links, as far as it is asked. Returns the links as they are then. */
  shareFacts(person: PersonId, isOn: boolean): Awaitable<readonly Link[]>
  /** Ends a link. `false`: there is none. */
  unlink(person: PersonId, other: PersonId, at: Date): Awaitable<boolean>
}
