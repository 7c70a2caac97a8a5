/** One account: a person, or a bot. */
export type Person = Readonly<{
  id: string
  /** The handle, unique in this world. */
  name: string
  displayName: string
  bot: boolean
  /** False: the bot's messages to this person are refused with 50007. */
  acceptsDms: boolean
}>
