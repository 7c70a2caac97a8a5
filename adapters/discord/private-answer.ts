import { type GatewayInteractionCreateDispatchData, MessageFlags, Routes } from 'discord.js'
import { type PrivateAnswer, toldInWords } from '#src/core/event.ts'
import type { Log } from '#src/core/log.ts'
import { growParts, noParts } from '#src/markdown/grow-parts.ts'
import { rowsOf } from './buttons.ts'
import { contentOf, shareOfMessage } from './content.ts'
import type { DiscordApi } from './discord-api.ts'
import { nobody } from './nobody.ts'
import { faultOf } from './outcomes.ts'

type Interaction = Pick<GatewayInteractionCreateDispatchData, 'application_id' | 'token'>
type Answering = Readonly<{ api: DiscordApi; log: Log }>

/** Words for the one who set off the interaction, whom alone Discord shows them; it takes them for 15 minutes. */
export function answerPrivately(
  { application_id: application, token }: Interaction,
  { api, log }: Answering,
  acknowledged: Promise<unknown>,
): PrivateAnswer {
  const route = Routes.webhook(application, token)
  const flags = MessageFlags.Ephemeral | MessageFlags.SuppressEmbeds
  return async (words, signal) => {
    const { text, buttons = [], file } = toldInWords(words)
    try {
      await acknowledged
      const parts = partsOf(text)
      for (const [at, part] of parts.entries()) {
        const isLast = at === parts.length - 1
        const components = isLast && buttons.length > 0 ? rowsOf(buttons) : undefined
        const body = { content: contentOf(part), flags, allowed_mentions: nobody, ...(components && { components }) }
        const files = isLast && file ? [{ name: file.name, data: Buffer.from(file.content) }] : undefined
        await api.call({ method: 'POST', route, body, ofInteraction: true, ...(files && { files }) }, signal)
      }
    } catch (error) {
      signal.throwIfAborted()
      log.debug({ fault: faultOf(error) }, 'a private answer was not shown')
    }
  }
}

/** A text in messages, each of them as long as Discord takes. */
export function partsOf(text: string): readonly string[] {
  const { frozen, live } = growParts(noParts, text, part => shareOfMessage(part, 'final'))
  return [...frozen, live].filter(part => contentOf(part) !== '')
}
