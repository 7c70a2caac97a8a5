export const violationKinds = [
  'lost', // an addressed message that nobody answered, or whose answer is not there
  'waiting', // an addressed message that was received and is in no turn
  'doubled', // two answers to one question, or one event taken in twice
  'answered unaddressed', // words that were not said to Aeries were recorded or answered
  'open turn',
  'empty turn', // a turn that answers nothing
  'wrong text', // ledger or platform say something else than the model
  'wrong note', // an answer that broke off without saying so, or words that are none of Aeries'
  'stopped by nobody',
  'notice twice', // within a minute, for one asker in one conversation
  'orphan message', // a message of ours that no turn knows
  'wrong place',
  'wrong reply', // it points at somebody else's question
  'wrong order',
  'slow recovery', // after a kill nobody saw it whole or marked in time
  'unheard', // the model never got all that was asked
  'orphan row',
  'not learnt', // a finished turn that nothing was learnt from, and no job is left of
  'learnt twice',
  'wrong opinion', // the ledger says otherwise than what stands under an answer
  'wish', // something that was asked of an answer in fair weather did not happen
  'not fresh', // after a fresh start the model was told what was said before
  'damage', // SQLite itself complains
  'conduct', // the service ended by itself, did not stop, or called what no platform has
] as const

export type ViolationKind = (typeof violationKinds)[number]

/** One breach of what Aeries promises, with the names by which its story is found. */
export type Violation = Readonly<{
  kind: ViolationKind
  what: string
  /** Names of the people's messages. */
  said: readonly string[]
  /** Key of the turn. */
  turn?: string | undefined
  /** Keys of messages of ours. */
  shown?: readonly string[]
}>
