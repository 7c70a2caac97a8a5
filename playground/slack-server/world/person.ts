/** One account of one workspace: a person, or a bot. */
export type Person = Readonly<{
  id: string
  teamId: string
  /** The handle, unique in its workspace. */
  name: string
  displayName: string
  bot: boolean
  admin: boolean
  /** What `<!here>` rings for. */
  active: boolean
  deleted: boolean
  timeZone: string
}>
