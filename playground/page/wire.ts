import type { InsideView } from './inside-view.ts'

/** What the page and its server say to each other. Data alone, so that both sides may read it. */

export type PlatformName = 'discord' | 'slack'
export type Json = { readonly [key: string]: unknown }

export type PersonView = Readonly<{ id: string; handle: string; name: string; isBot: boolean }>

export type PlaceView = Readonly<{
  id: string
  kind: 'dm' | 'open' | 'private' | 'shared' | 'thread'
  name: string
  /** The channel that a thread of Discord hangs in. */
  parent: string | undefined
  /** Who can see it. */
  readers: readonly string[]
  /** No more words are taken. */
  isClosed: boolean
}>

export type CommandView = Readonly<{ name: string; description: string; options: readonly Json[] }>

/** Who and what there is on a platform. */
export type SceneView = Readonly<{
  platform: PlatformName
  /** The guild or the workspace. */
  name: string
  bot: string
  people: readonly PersonView[]
  places: readonly PlaceView[]
  commands: readonly CommandView[]
  /** What the app puts into the menu of a message. */
  menu: readonly string[]
}>

/** `key` is what the platform's own calls take. */
export type ReactionView = Readonly<{ key: string; people: readonly string[] }>
export type FileView = Readonly<{ name: string; size: number; url: string }>

export type MessageView = Readonly<{
  platform: PlatformName
  /** Unique on its platform. */
  id: string
  /** Discord's id or Slack's ts: what the platform's own calls take. */
  native: string
  place: string
  /** Slack: the ts of the root of its thread; the root's own too, once it has answers. */
  thread: string | undefined
  /** Slack: it stands in the channel as well as in its thread. */
  isBroadcast: boolean
  author: string
  at: number
  text: string
  format: 'discord' | 'mrkdwn' | 'markdown'
  /** Slack: a stream runs, which its person may stop. */
  isStreaming: boolean
  /** Slack: a running stream as others than its recipient read it. */
  others: Readonly<{ recipient: string; text: string }> | undefined
  /** Blocks of Slack, components of Discord. */
  blocks: readonly Json[]
  embeds: readonly Json[]
  files: readonly FileView[]
  reactions: readonly ReactionView[]
  replyTo: string | undefined
  forwarded: string | undefined
  /** Discord's "is thinking", a line of the platform's own. */
  state: 'said' | 'thinking' | 'notice'
  isEdited: boolean
  isGone: boolean
  /** The only person who sees it. */
  onlyFor: string | undefined
  /** So many characters people read of it: blocks may hide the text. */
  length: number
  /** So many versions were seen of it. */
  versions: number
}>

/** Somebody is typing, or a status line: it stands until then, in ms since the epoch, or until it is taken away. */
export type SignView = Readonly<{
  platform: PlatformName
  place: string
  thread: string | undefined
  person: string
  words: string
  until: number
}>

/** An interaction of Discord: what its person sees of it. */
export type InteractionView = Readonly<{
  id: string
  person: string
  state: 'waiting' | 'acknowledged' | 'failed'
  shown: Json | undefined
}>

/** The app's home tab or an open form of one person in Slack. */
export type SlackView = Readonly<{ id: string; person: string; type: 'home' | 'modal'; view: Json; isOpen: boolean }>

/** A thread of the agent view: while Aeries works there, people see a button that stops it. */
export type SessionView = Readonly<{
  place: string
  thread: string
  isWorking: boolean
}>
/** What the app suggests to ask there. */
export type PromptsView = Readonly<{
  place: string
  thread: string | undefined
  title: string
  prompts: readonly Readonly<{ title: string; message: string }>[]
}>

export type ChatLine = Readonly<{ role: string; content: string }>

/** One request to the model, as it went. Times in ms since the epoch. */
export type CallView = Readonly<{
  id: number
  /** The turn that asked, or a name of the observer's. */
  request: string
  kind: 'chat' | 'observer'
  messages: readonly ChatLine[]
  settings: Json
  outcome: 'open' | 'finished' | 'aborted' | 'refused' | 'broken'
  finish: string | null
  promptTokens: number
  cachedTokens: number
  tokens: number
  text: string
  receivedAt: number
  firstTokenAt: number | undefined
  endedAt: number | undefined
}>

/** What grows of a call. */
export type CallGrowth = Omit<CallView, 'messages' | 'settings' | 'request' | 'kind' | 'receivedAt'>

/** One write of Aeries to a platform, as the platform met it. */
export type WriteView = Readonly<{
  platform: PlatformName
  what: string
  place: string | undefined
  at: number
  tookMs: number
  status: number
  words: string
}>

export type WeatherView = Readonly<{
  model: 'fair' | 'slow' | 'down'
  /** The next answer breaks off in the middle. */
  cutsNext: boolean
  limits: Readonly<Record<PlatformName, boolean>>
  service: 'starting' | 'running' | 'stopping' | 'stopped'
}>

export type ServiceLineView = Readonly<{ level: string; at: number; part: string; words: string }>

export type AboutView = Readonly<{ model: string; isStandIn: boolean; web: string; database: string; log: string }>

/** Everything as it stands, for a page that was just opened. */
export type Snapshot = Readonly<{
  about: AboutView
  scenes: Readonly<Record<PlatformName, SceneView>>
  messages: readonly MessageView[]
  signs: readonly SignView[]
  views: readonly SlackView[]
  sessions: readonly SessionView[]
  prompts: readonly PromptsView[]
  calls: readonly CallView[]
  writes: readonly WriteView[]
  inside: readonly InsideView[]
  weather: WeatherView
  lines: readonly ServiceLineView[]
}>

export type PageEvent =
  | Readonly<{ type: 'snapshot'; snapshot: Snapshot }>
  | Readonly<{ type: 'scene'; scene: SceneView }>
  | Readonly<{ type: 'message'; message: MessageView }>
  | Readonly<{ type: 'sign'; sign: SignView }>
  | Readonly<{ type: 'interaction'; interaction: InteractionView }>
  | Readonly<{ type: 'view'; view: SlackView }>
  | Readonly<{ type: 'session'; session: SessionView }>
  | Readonly<{ type: 'prompts'; prompts: PromptsView }>
  | Readonly<{ type: 'call'; call: CallView }>
  | Readonly<{ type: 'grown'; call: CallGrowth }>
  | Readonly<{ type: 'write'; write: WriteView }>
  | Readonly<{ type: 'inside'; inside: InsideView }>
  | Readonly<{ type: 'weather'; weather: WeatherView }>
  | Readonly<{ type: 'line'; line: ServiceLineView }>

/** What the weather's switches ask for. */
export const weatherActs = ['up', 'slow', 'down', 'cut', 'limits', 'drop', 'kill', 'restart', 'stop', 'start'] as const
export type WeatherAct = (typeof weatherActs)[number]
