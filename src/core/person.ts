import type { PersonId } from './ids.ts'

/** `moderator`: may delete others' messages there. `admin`: runs the server or workspace, and may whatever a moderator may. */
export type Standing = 'moderator' | 'admin'

/** One account on one platform, under the name that it shows in the place where it spoke. */
export type Person = Readonly<{
  id: PersonId
  name: string
  /** From outside the workspace (Slack Connect). */
  external: boolean
  /** What the platform lets them do where they act, as its event tells; absent: no more than anybody. Never stored. */
  standing?: Standing
  /** The roles that they have there, by the platform's ids; absent: none that is known. Never stored. */
  roles?: readonly string[]
}>
