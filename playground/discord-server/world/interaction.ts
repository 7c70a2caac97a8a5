import type { Json } from './json.ts'

/** Discord's numbers for what a person can set off. */
export const interactionType = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const

/** Something that a person set off and the application has to answer: a click on a button, later a command. */
export type Interaction = Readonly<{
  id: string
  token: string
  type: number
  personId: string
  channelId: string
  guildId: string | undefined
  /** The message that carries the button. */
  messageId: string | undefined
  /** The `data` of the event, as Discord shapes it for the type. */
  data: Json
  createdAt: number
  /** failed: not acknowledged in time, the person reads "This interaction failed". */
  state: 'waiting' | 'acknowledged' | 'failed'
  /** The message that `@original` stands for, once there is one. */
  originalId: string | undefined
  /** A modal or a list of choices that the application answered with. */
  shown: Json | undefined
}>
