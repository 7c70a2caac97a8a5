/** What the database says, as plain rows. Ids of rows are strings: they may be greater than a number holds. */
export type Ledger = Readonly<{
  turns: readonly LedgerTurn[]
  words: readonly LedgerWords[]
  parts: readonly LedgerPart[]
  /** Ids of turns that have a draft. */
  drafts: readonly string[]
  /** When each event was received, in milliseconds since 1970. */
  events: ReadonlyMap<string, number>
  /** What the observer has yet to read, or gave up. */
  jobs: readonly LedgerJob[]
  /** Keys of the messages that something was learnt from. */
  learntFrom: ReadonlySet<string>
  /** What was learnt more than once from one message, or is not counted as often as it was told, in words. */
  doubled: readonly string[]
  /** Reactions that count: the message's key, the person's, the emoji. */
  opinions: ReadonlySet<string>
  /** Replies that another one took the place of. */
  superseded: readonly LedgerSuperseded[]
  /** The messages that show one of those. */
  supersededParts: readonly LedgerSupersededPart[]
  /** Keys of our messages that are still to be taken off their platform. */
  removals: readonly string[]
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
  /** So often its reply was begun anew. */
  run: number
  /** Its reply was taken out of the history, 0 or 1. */
  withdrawn: number
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

export type LedgerJob = Readonly<{ turn: string; state: 'waiting' | 'taken' | 'dead'; reason: string | null }>

export type LedgerPart = Readonly<{ turn: string; part: number; message: string }>

export type LedgerSuperseded = Readonly<{ turn: string; run: number; inPlace: number; text: string }>

export type LedgerSupersededPart = LedgerPart & Readonly<{ run: number }>
