import { Client, GatewayIntentBits, type Message } from 'discord.js'
import { growByLoop } from './plain-loop.ts'
import { tellModel } from './tell-model.ts'

/** A contender, as a process of its own: a plain loop of edits by discord.js, which waits where Discord's limits are spent. */

const contentLimit = 2_000

const { DISCORD_TOKEN = '', DISCORD_API_URL = '', VLLM_URL = '' } = process.env
const intervalMs = Number(process.argv[2])

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: DISCORD_API_URL },
})
client.on('messageCreate', question => {
  if (question.author.bot || client.user === null || !question.mentions.has(client.user)) return
  const write = (content: string, message: Message | undefined) => message?.edit(content) ?? question.reply(content)
  const growing = growByLoop({ text: tellModel(VLLM_URL, question.content), intervalMs, contentLimit, write })
  growing.catch((error: unknown) => process.stderr.write(`an answer failed: ${String(error)}\n`))
})
await client.login(DISCORD_TOKEN)
