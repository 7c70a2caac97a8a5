import type { Ledger } from './ledger.ts'

/** One message that a person said, as whoever played the person knows it. */
export type Said = Readonly<{
  /** The name that its words carry, so that an answer can be told from every other one. */
  id: string
  /** What the ledger has to call it: `platform:workspace:channel/message`. */
  key: string
  platform: string
  /** The platform's own channel; of a Discord thread the thread. */
  channel: string
  asker: string
  /** By the platform's clock, in milliseconds since 1970. */
  at: number
  addressed: boolean
  /** Name of the message that opened its thread, where only that tells that it is said to Aeries. */
  under?: string | undefined
  /** When it was taken away. */
  deletedAt?: number | undefined
  /** When its place was taken away. */
  goneAt?: number | undefined
  /** When its asker pressed stop in its place, the last time. */
  stoppedAt?: number | undefined
  /** When a moderator, or its asker, took its answer away. */
  answerDeletedAt?: number | undefined
  /** When its words were changed, or something else was asked of its answer: another one, more of it. */
  wishedAt?: readonly number[] | undefined
  /** When its words were changed, the last time. */
  editedAt?: number | undefined
}>

/** One message of Aeries, as it stands on its platform at the end. */
export type Shown = Readonly<{
  key: string
  platform: string
  channel: string
  /** Of Slack, the root of the thread that it stands in. */
  thread: string | undefined
  /** Where it stands: of one platform the lesser stands above the greater. */
  order: bigint
  deletedAt: number | undefined
  /** Its words without the notes under them. */
  text: string
  notes: readonly string[]
  /** The key of the message that it replies to. */
  replyTo: string | undefined
  /** Everything that people saw of it, in its order, notes and all. */
  frames: readonly Readonly<{ at: number; content: string }>[]
}>

/** One request that the model got. */
export type Asking = Readonly<{ turn: string; prompt: string }>

/** A reaction under an answer, as it stood after its last change, with everybody listening. */
export type LastWord = Readonly<{
  /** Key of the message that shows the answer. */
  message: string
  person: string
  sign: string
  isGiven: boolean
  /** Name of what it answers. */
  of: string
}>

/** What somebody wanted of a whole answer in fair weather, so that it has to happen. */
export type LastWish = Readonly<{
  /** Name of what it answers. */
  of: string
  wish: 'another' | 'another, taken back' | 'away'
  /** The answer that stood there before, in the words of the ledger. */
  before: string
}>

/** Somebody gave a command as a message; no turn comes of it. */
export type Commanded = Readonly<{ channel: string; asker: string; at: number; what: 'new' }>

/** All that a checker is given, and no word of the house itself. */
export type Evidence = Readonly<{
  said: readonly Said[]
  shown: readonly Shown[]
  askings: readonly Asking[]
  opinions: readonly LastWord[]
  wishes: readonly LastWish[]
  commands: readonly Commanded[]
  /** When the service was started, in milliseconds since 1970, oldest first. */
  starts: readonly number[]
  ledger: Ledger
}>
