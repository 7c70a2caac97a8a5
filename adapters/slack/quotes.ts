import { messageId, personId } from '#src/core/ids.ts'
import type { Quote } from '#src/core/message.ts'
import type { Earlier } from '#src/core/surface.ts'
import { plainText } from './plain-text.ts'
import { platform } from './platform-name.ts'
import type { Scene } from './scene.ts'
import { unreadOf } from './unread.ts'
import type { SlackAttachment, SlackMessage } from './wire.ts'

/** The messages that a message shares, as far as its own payload holds them. */
export function sharedIn({ attachments }: Pick<SlackMessage, 'attachments'>, scene: Scene): Earlier {
  return merged((attachments ?? []).filter(isShared).map(one => shared(one, scene)))
}

/** One message as quoted data; `from` says in which one the things that were not read stand. */
export function quoted(message: SlackMessage, channel: string, from: string, scene: Scene): Earlier {
  const text = plainText(message.text ?? '', scene).trim()
  const own = message.user === scene.self || (message.bot_id != null && message.bot_id === scene.botId)
  const quote: Quote = {
    message: messageId(platform, scene.team, channel, message.ts),
    author: own ? 'Aeries' : scene.person(message.user ?? '')?.name,
    person: message.user == null ? undefined : personId(platform, scene.team, message.user),
    own,
    text,
  }
  return {
    quotes: text === '' ? [] : [quote],
    unread: unreadOf(message, own ? '' : text).map(what => `${what} in ${from}`),
  }
}

export function merged(parts: readonly Earlier[]): Earlier {
  return { quotes: parts.flatMap(part => part.quotes), unread: [...new Set(parts.flatMap(part => part.unread))] }
}

function isShared({ is_share, is_msg_unfurl }: SlackAttachment): boolean {
  return is_share === true || is_msg_unfurl === true
}

function shared(attachment: SlackAttachment, scene: Scene): Earlier {
  const { text, ts, channel_id: channel, author_id: author, author_name, author_subname, bot_id } = attachment
  const words = plainText(text ?? '', scene).trim()
  const own = author === scene.self || (bot_id != null && bot_id === scene.botId)
  const known = channel != null && ts != null
  const quote: Quote = {
    message: known ? messageId(platform, scene.team, channel, String(ts)) : undefined,
    author: author_name ?? author_subname ?? undefined,
    person: author == null ? undefined : personId(platform, scene.team, author),
    own,
    text: words,
  }
  const unread = unreadOf({ files: attachment.files, attachments: [] }, '').map(what => `${what} in the shared message`)
  if (words !== '') return { quotes: [quote], unread }
  return { quotes: [], unread: unread.length > 0 ? unread : ['the shared message'] }
}
