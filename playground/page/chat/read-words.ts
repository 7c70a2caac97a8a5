import { readMarkdown } from '#page/read-markdown.ts'
import type { Block } from '#page/rich.ts'
import { readDiscord } from '#playground/page/discord/read-discord.ts'
import { readMrkdwn } from '#playground/page/slack/read-mrkdwn.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { meOn } from '#playground/page/state/stores.ts'
import type { MessageView } from '#playground/page/wire.ts'
import { namesOf } from './names.ts'

/** The words of a message as the one who reads them sees them, in its platform's markdown. */
export function readWords(message: MessageView, store: ChatStore): readonly Block[] {
  const { format, others } = message
  const isOthers = others !== undefined && others.recipient !== meOn(store)?.id
  const text = isOthers ? others.text : message.text
  switch (format) {
    case 'discord':
      return readDiscord(text, namesOf(store))
    case 'mrkdwn':
      return readMrkdwn(text, namesOf(store))
    case 'markdown':
      return readMarkdown(text)
    default:
      return format satisfies never
  }
}
