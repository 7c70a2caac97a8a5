import type { PersonId } from './ids.ts'

/** One account on one platform, under the name that it shows in the place where it spoke. */
export type Person = Readonly<{
  id: PersonId
  name: string
  /** From outside the workspace (Slack Connect). */
  external: boolean
}>
