/** A verb and what follows it, as it was written. */
export type Call = Readonly<{ verb: string; words: readonly string[] }>

export function callOf(verb: string, words: string): Call {
  return { verb: verb.toLowerCase(), words: words.split(/\s+/).filter(word => word !== '') }
}

const action = 'do:'

/** What a button does that asks for a command; platforms take 60 characters. */
export function actionOf(command: string): string {
  return `${action}${command}`
}

/** The command that a tap on such a button asks for; `undefined`: it is another button. */
export function callOfAction(tapped: string): Call | undefined {
  if (!tapped.startsWith(action)) return undefined
  const [verb = '', ...words] = tapped.slice(action.length).split(' ')
  return callOf(verb, words.join(' '))
}
