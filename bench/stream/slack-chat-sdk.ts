import { importContender } from '#bench/frame/import-contender.ts'
import { tellModel } from './tell-model.ts'

/**
 * A contender, as a process of its own: the Chat SDK with its own settings, in Slack's agent view and over Socket Mode. It
 * streams natively in channels and in the agent view alike.
 */

type Message = Readonly<{ text: string }>
type Thread = Readonly<{ post(text: unknown): Promise<unknown> }>
type Handler = (thread: Thread, message: Message) => Promise<void>
type ChatModule = Readonly<{
  Chat: new (
    options: object,
  ) => Readonly<{
    initialize(): Promise<void>
    onNewMention(handler: Handler): void
    onDirectMessage(handler: Handler): void
  }>
}>
type SlackModule = Readonly<{ createSlackAdapter: (options: object) => object }>
type StateModule = Readonly<{ createMemoryState: () => object }>

const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', SLACK_API_URL = '', VLLM_URL = '' } = process.env
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => silent }

const { Chat } = await importContender<ChatModule>('chat')
const { createSlackAdapter } = await importContender<SlackModule>('@chat-adapter/slack')
const { createMemoryState } = await importContender<StateModule>('@chat-adapter/state-memory')

const slack = createSlackAdapter({
  mode: 'socket',
  botToken: SLACK_BOT_TOKEN,
  appToken: SLACK_APP_TOKEN,
  apiUrl: SLACK_API_URL,
  agentView: true,
  logger: silent,
})
const chat = new Chat({ userName: 'aeries', adapters: { slack }, state: createMemoryState(), logger: silent })
chat.onNewMention(answer)
chat.onDirectMessage(answer)
await chat.initialize()

async function answer(thread: Thread, { text }: Message): Promise<void> {
  try {
    await thread.post(tellModel(VLLM_URL, text))
  } catch (error) {
    process.stderr.write(`an answer failed: ${String(error).slice(0, 200)}\n`)
  }
}
