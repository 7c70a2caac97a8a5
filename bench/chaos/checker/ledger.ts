/** What the database says, as plain rows. Ids of rows are strings: they may be greater than a number holds. */
export type Ledger = Readonly<{
  turns: readonly LedgerTurn[]
  words: readonly LedgerWords[]
  parts: readonly LedgerPart[]
  /** Ids of turns that have a draft. */
  drafts: readonly string[]
  /** When each event was received, in milliseconds since 1970. */
  events: ReadonlyMap<string, number>
  /** What SQLite itself finds wrong with the file. */
  damages: readonly string[]
}>

export type LedgerTurn = Readonly<{
  id: string
  key: string
  conversation: string
  /** The conversation's key and its thread as the platform calls it. */
  place: string
  thread: string | null
  asker: string
  state: 'answering' | 'done' | 'cut off' | 'stopped' | 'failed'
}>

export type LedgerWords = Readonly<{
  id: string
  conversation: string
  role: 'person' | 'aeries'
  turn: string | null
  event: string | null
  key: string | null
  saidAt: number
  ordinal: bigint
  text: string
}>

export type LedgerPart = Readonly<{ turn: string; part: number; message: string }>
