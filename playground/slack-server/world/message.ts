import type { Json } from './json.ts'

/** A mention that rings: who named, in which words, and whose phones it reaches. */
export type Ping = Readonly<{
  kind: 'person' | 'group' | 'channel' | 'here' | 'everyone'
  /** The person or the user group. */
  id: string | undefined
  written: string
  personIds: readonly string[]
}>

/** `errored`: it expired. `stopped`: the person pressed the stop button and the app has not closed it yet. */
export type StreamState = 'in_progress' | 'stopped' | 'completed' | 'errored'

/** One frame of a film strip: what people saw from `at` on, who was or would have been pinged, what unfurled. */
export type Version = Readonly<{
  at: number
  by: 'post' | 'update' | 'stream' | 'unfurl' | 'delete'
  /** The words as the recipient of a stream, or everybody of anything else, reads them. */
  shown: string
  /** The words as other viewers read them: of a native stream its first chunk until the end. */
  others: string
  streaming: StreamState | undefined
  /** Mentions that were not in the version before. */
  pings: readonly Ping[]
  /** Addresses for which Slack would have fetched a preview. */
  unfurls: readonly string[]
}>

export type Stream = Readonly<{
  state: StreamState
  recipientId: string | undefined
  firstChunk: string
  startedAt: number
  touchedAt: number
}>

type Reaction = Readonly<{ name: string; personIds: readonly string[] }>

export type File = Readonly<{
  id: string
  name: string
  title: string
  mimetype: string
  content: Buffer
  teamId: string
  ownerId: string
  createdAt: number
}>

export type Message = Readonly<{
  ts: string
  channelId: string
  threadTs: string | undefined
  /** Also shown in the channel though it stands in a thread. */
  broadcast: boolean
  authorId: string
  /** The author's workspace. */
  teamId: string
  /** Set on what the app wrote. */
  botId: string | undefined
  subtype: string | undefined
  text: string
  /** What came as `markdown_text`, or the whole of a stream. */
  markdown: string | undefined
  blocks: readonly Json[]
  attachments: readonly Json[]
  files: readonly File[]
  metadata: Json | undefined
  clientMsgId: string | undefined
  /** What the person looked at while writing in the agent view. */
  appContext: Json | undefined
  edited: Readonly<{ personId: string; ts: string }> | undefined
  deletedAt: number | undefined
  unfurlLinks: boolean | undefined
  unfurlMedia: boolean | undefined
  /** `link_names` or `parse: full`: bare @names ring, too. */
  linkNames: boolean
  /** The only person who sees it. */
  ephemeralFor: string | undefined
  stream: Stream | undefined
  reactions: readonly Reaction[]
  versions: readonly Version[]
}>
