import { App } from '@slack/bolt'
import { growByLoop } from './plain-loop.ts'
import { tellModel } from './tell-model.ts'

/**
 * A contender, as a process of its own: a plain loop of `chat.update` by Bolt and its web-api client as they come, which
 * waits for as long as Slack's Retry-After says and then tries again.
 */

/** `chat.update` refuses more than 4,000 characters. */
const contentLimit = 3_900

const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', SLACK_API_URL = '', VLLM_URL = '' } = process.env
const intervalMs = Number(process.argv[2])

const app = new App({
  token: SLACK_BOT_TOKEN,
  appToken: SLACK_APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: SLACK_API_URL },
})
app.event('app_mention', async ({ event }) => answer(event.channel, event.thread_ts ?? event.ts, event.text))
app.event('message', async ({ event }) => {
  if (event.channel_type !== 'im' || event.subtype !== undefined || event.bot_id !== undefined) return
  await answer(event.channel, event.thread_ts ?? event.ts, event.text ?? '')
})
await app.start()

async function answer(channel: string, thread_ts: string, question: string): Promise<void> {
  const { chat } = app.client
  const write = async (text: string, ts: string | undefined) => {
    const answered = await (ts === undefined
      ? chat.postMessage({ channel, thread_ts, text })
      : chat.update({ channel, ts, text }))
    return answered.ts ?? ''
  }
  await growByLoop({ text: tellModel(VLLM_URL, question), intervalMs, contentLimit, write })
}
