import { setTimeout as sleep } from 'node:timers/promises'
import { Client, GatewayIntentBits, type Message } from 'discord.js'
import { tellModel } from './tell-model.ts'

/**
 * A contender, as a process of its own: what a careful bot does without a budget. One write in flight, always the newest
 * text, a fixed pause between two writes, the last text at once, a new message where 2,000 characters are full.
 */

const contentLimit = 2_000
/** Failed writes that an answer takes before it is given up. */
const patience = 20

type Shown = Readonly<{ message: Message; content: string }>

const { DISCORD_TOKEN = '', DISCORD_API_URL = '', VLLM_URL = '' } = process.env
const intervalMs = Number(process.argv[2])

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: DISCORD_API_URL },
})
client.on('messageCreate', message => {
  if (message.author.bot || client.user === null || !message.mentions.has(client.user)) return
  answer(message).catch((error: unknown) => process.stderr.write(`an answer failed: ${String(error)}\n`))
})
await client.login(DISCORD_TOKEN)

async function answer(question: Message): Promise<void> {
  let text = ''
  let ended = false
  const begun = Promise.withResolvers<void>()
  const listen = async () => {
    for await (const piece of tellModel(VLLM_URL, question.content)) {
      text += piece
      begun.resolve()
    }
  }
  const listening = listen().finally(() => {
    ended = true
    begun.resolve()
  })
  await begun.promise
  const shown: Shown[] = []
  for (let failures = 0; failures < patience; ) {
    const isLast = ended
    try {
      await show(question, shown, partsOf(text))
      if (isLast) break
    } catch {
      // A write that failed is made good by the next one.
      failures += 1
    }
    await (isLast ? sleep(intervalMs) : Promise.race([listening, sleep(intervalMs)]))
  }
  await listening
}

async function show(question: Message, shown: Shown[], parts: readonly string[]): Promise<void> {
  for (const [index, content] of parts.entries()) {
    const known = shown[index]
    if (known?.content === content) continue
    const message = known ? await known.message.edit(content) : await question.reply(content)
    shown[index] = { message, content }
  }
}

/** Cut at the last blank that fits, always at the same places. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = []
  let rest = text.trimEnd()
  while (rest.length > contentLimit) {
    const at = rest.lastIndexOf(' ', contentLimit)
    parts.push(rest.slice(0, at))
    rest = rest.slice(at + 1)
  }
  return rest === '' ? parts : [...parts, rest]
}
