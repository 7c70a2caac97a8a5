import type { Awaitable } from './awaitable.ts'
import type { PersonId } from './ids.ts'
import type { BriefData } from './learning.ts'
import type { WorkspaceId } from './workspace.ts'

/** The slots of style in which people who like to be talked to alike are told apart. What tells where somebody is from (language, units) is not among them. */
export const tasteSlots = ['reply_length', 'reply_format', 'tone', 'emoji_use', 'explanation'] as const
export type TasteSlot = (typeof tasteSlots)[number]

/** What somebody likes in one slot: one of `slotValues`, or `other` when all that is known is what they do not like. */
export type Taste = Readonly<{ slot: TasteSlot; value: string }>

/** What is known of somebody's style. */
export type KnownStyle = Pick<BriefData, 'slots' | 'dials'> &
  /** Slots on which they ever said a word, be it only what they do not want. */
  Readonly<{ spoken: readonly TasteSlot[] }>

/** A value that a cohort lends: so many of its members like it, one vote each, and `share` of all of them, in (0, 1). */
export type CohortValue = Taste & Readonly<{ share: number; contributors: number }>

/** People who like to be talked to alike, as numbers alone: who they are stands nowhere. */
export type Cohort = Readonly<{
  /** What sets it apart, in words; `everybody` for the whole workspace. */
  name: string
  members: number
  values: readonly CohortValue[]
}>

export const everybody = 'everybody'

/** A default of style that a person has from a cohort, and how sure it is. */
export type Lent = Taste & Readonly<{ share: number }>

/** Some people of a workspace, and what to ask for the next ones with; without it these were the last. */
export type PeoplePage = Readonly<{ people: readonly PersonId[]; next: number | undefined }>

/** What cohorts lend, of each workspace by itself. Each method is one unit of work. */
export interface Cohorts {
  /** Workspaces whose cohorts were made before that time, or not yet, or before somebody had something erased. */
  due(before: Date): Awaitable<readonly WorkspaceId[]>
  /** They begin to be made: what is erased from now on makes what comes of it out of date. */
  begin(workspace: WorkspaceId): Awaitable<void>
  /** People of a workspace about whose style something is known. Guests from another workspace are not among them. */
  people(workspace: WorkspaceId, after: number, limit: number): Awaitable<PeoplePage>
  /** What is known of somebody's style there, without what linked accounts lend: that is of other workspaces. */
  styleOf(person: PersonId, workspace: WorkspaceId, at: Date): Awaitable<KnownStyle>
  /** The slots of style on which somebody ever said a word, also by a linked account. */
  spokenOf(person: PersonId, workspace: WorkspaceId): Awaitable<readonly TasteSlot[]>
  /** Puts these in the place of a workspace's cohorts; they were begun to be made at that time. */
  publish(workspace: WorkspaceId, cohorts: readonly Cohort[], begunAt: Date): Awaitable<void>
  /** The whole workspace first. Empty: nothing is lent there. */
  published(workspace: WorkspaceId): Awaitable<readonly Cohort[]>
  /** When the cohorts of each workspace were made. */
  made(): Awaitable<readonly Readonly<{ workspace: WorkspaceId; at: Date }>[]>
}
