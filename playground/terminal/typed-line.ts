/** One line that was typed or piped in. */
export type TypedLine = Readonly<{
  text: string
  /** Nobody was waited for between the line before and this one: both come out of one file or one command. */
  follows: boolean
}>
