/** What a platform has to know of a verb of `/aeries VERB` to offer it. */
export type CommandSpec = Readonly<{
  verb: string
  /** One line, at most 100 characters. */
  description: string
  /** In the order in which they are written. */
  options: readonly CommandOption[]
  /** It is for those who run the place; whether somebody does is decided where it runs. */
  isForAdmins?: true
}>

export type CommandOption = Readonly<{
  /** Small letters. */
  name: string
  description: string
  isRequired?: true
  /** The only values that there are. */
  choices?: readonly string[]
  /** What it may be is asked for while somebody types. */
  completes?: true
}>

/** What somebody asks for from the menu of a message. */
export const messageCommands = {
  ask: 'Ask Aeries about this',
  why: 'Why did Aeries say this?',
} as const
export type MessageCommand = keyof typeof messageCommands
