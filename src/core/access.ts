import type { Awaitable } from './awaitable.ts'
import type { PersonId } from './ids.ts'
import type { WorkspaceId } from './workspace.ts'

/**
 * Whom or what a rule is about: `channel:discord:12:34`, `workspace:slack:T1` (`workspace:discord:-` are Discord's DMs), `role:discord:12:56`,
 * `person:discord:-:78`, or `everywhere`, `everyone`, `strangers` (people from outside the workspace).
 */
export type Subject = string & { readonly [subject]: true }

declare const subject: unique symbol

export const subjectKinds = ['workspace', 'channel', 'role', 'person'] as const

/** `id`: `platform:workspace`, and what it is in there, with colons between. */
export function subjectOf(kind: (typeof subjectKinds)[number], id: string): Subject {
  return `${kind}:${id}` as Subject
}

/** All places, all people, and all people from outside a workspace: what counts where no rule says it more closely. */
export const everywhere = 'everywhere' as Subject
export const everyone = 'everyone' as Subject
export const strangers = 'strangers' as Subject

export type Rule = Readonly<{ subject: Subject; says: 'allow' | 'deny' }>

/** Who may talk to Aeries where, as the admins of each workspace say it. */
export interface AccessRules {
  of(workspace: WorkspaceId): Awaitable<readonly Rule[]>
  /** `undefined` takes a rule back. */
  rule(
    workspace: WorkspaceId,
    subject: Subject,
    says: Rule['says'] | undefined,
    by: PersonId,
    at: Date,
  ): Awaitable<void>
}

/** What was asked of the model, as far as limits look back: nothing of it is older than a day. */
export interface Usage {
  /** Somebody asked for an answer. */
  ask(person: PersonId, at: Date): Awaitable<void>
  /** When that person's nth newest asking was; `undefined`: there are fewer in the last day. */
  nthAsked(person: PersonId, nth: number, now: Date): Awaitable<Date | undefined>
  askedSince(person: PersonId, since: Date): Awaitable<number>
  /** Prompts and answers took so many tokens. */
  spend(tokens: number, at: Date): Awaitable<void>
  spentSince(since: Date): Awaitable<number>
  /** Whether it is long enough since a refusal was last told to that person; if so, it counts as told now. */
  tellRefusal(person: PersonId, at: Date, notSince: Date): Awaitable<boolean>
}

/** How much one person may ask, and all together; 0 sets no limit. */
export type Limits = Readonly<{
  perMinute: number
  perDay: number
  /** Of one message. */
  characters: number
  /** Of prompts and answers of all. */
  tokensPerDay: number
}>

/** Who may talk to Aeries, and how much, as whoever runs it says. */
export type AccessSettings = Readonly<{
  rules: readonly Rule[]
  admins: Readonly<{
    /** Whoever runs a server or workspace is an admin of it. */
    asPlatformSays: boolean
    /** People and roles that are admins besides. */
    also: ReadonlySet<Subject>
  }>
  limits: Limits
}>

/** Everybody, as much as they like. */
export const openToAll: AccessSettings = {
  rules: [],
  admins: { asPlatformSays: true, also: new Set() },
  limits: { perMinute: 0, perDay: 0, characters: 0, tokensPerDay: 0 },
}
