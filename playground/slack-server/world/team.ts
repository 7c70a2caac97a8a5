/** `inactive`: the app was removed. `revoked`: the token was taken back while the app stays. */
export type TokenState = 'good' | 'revoked' | 'inactive'

export type Installation = Readonly<{
  token: string
  botId: string
  botUserId: string
  scopes: readonly string[]
  installedBy: string
}>

export type UserGroup = Readonly<{ id: string; handle: string; memberIds: readonly string[] }>

/** A workspace. */
export type Team = Readonly<{
  id: string
  name: string
  domain: string
  installation: Installation | undefined
  userGroups: readonly UserGroup[]
}>
