export type Role = Readonly<{
  id: string
  name: string
  permissions: bigint
  position: number
  mentionable: boolean
}>

export type Member = Readonly<{
  personId: string
  roleIds: readonly string[]
  nick: string | undefined
  joinedAt: number
}>

/** A server. The role whose id is the guild's own is @everyone. */
export type Guild = Readonly<{
  id: string
  name: string
  ownerId: string
  roles: readonly Role[]
  members: readonly Member[]
  /** False while the guild is out of order; the bot is still in it. */
  available: boolean
}>
