import type { EditedEvent, MessageEvent } from '#src/core/event.ts'
import { eventKey, messageId } from '#src/core/ids.ts'
import { isAddressed, type Said } from './addressing.ts'
import { attachedFiles, withoutFiles } from './attached-files.ts'
import { personOf } from './person-of.ts'
import { isDm, placeOf, type Whereabouts } from './place-of.ts'
import { plainText, withoutCall } from './plain-text.ts'
import { platform } from './platform-name.ts'
import { sharedIn } from './quotes.ts'
import type { Scene } from './scene.ts'
import { timeOf } from './timestamp.ts'
import { unreadOf } from './unread.ts'
import type { SlackMessage } from './wire.ts'

/** A message does not know yet where it gets answered. */
export type ToldMessage = Omit<MessageEvent, 'surface'>

type Posted = SlackMessage & Whereabouts

/** What people say; everything else that Slack posts as a message (joins, topics, bots) has another subtype. */
const spoken: ReadonlySet<string> = new Set(['file_share', 'me_message', 'thread_broadcast'])

/** A message of a person as our event; `undefined` for whatever else speaks in a channel. */
export function incomingMessage(message: Posted, scene: Scene): ToldMessage | undefined {
  const { user, channel, ts } = message
  if (user == null || !isSaidByPerson(message, scene)) return undefined
  const shared = sharedIn(message, scene)
  const text = wordsOf(message, scene)
  const addressed = isAddressed(message, scene)
  const files = attachedFiles(message, scene)
  const unread = [...unreadOf(withoutFiles(message, scene), text), ...shared.unread]
  if (!addressed && text === '' && unread.length + files.length === 0 && shared.quotes.length === 0) return undefined
  return {
    type: 'message',
    // A mention in a channel comes twice, as what was said and as a mention: one post, one key.
    key: eventKey(platform, 'message', `${channel}:${ts}`),
    place: placeOf(message, threadOf(message, scene, addressed), scene),
    at: scene.momentOf(channel, ts),
    person: personOf(user, scene, message),
    message: {
      id: messageId(platform, scene.team, channel, ts),
      text,
      addressed,
      ...(isCall(message, scene) && { called: true }),
      quotes: shared.quotes,
      unread,
      ...(files.length > 0 && { files }),
    },
  }
}

/** New words of an earlier message. Slack tells the same of a preview that came late: then the words are the old ones. */
export function editedMessage(
  message: Posted,
  previous: SlackMessage | undefined,
  scene: Scene,
): EditedEvent | undefined {
  const { user, channel, ts, edited } = message
  if (user == null || edited == null || !isSaidByPerson(message, scene)) return undefined
  if (previous !== undefined && previous.text === message.text) return undefined
  // The place of a message is where it was when it was answered, whatever its new words call.
  const before: Said = previous === undefined ? message : { ...message, text: previous.text }
  const addressed = isAddressed(before, scene) || isAddressed(message, scene)
  return {
    type: 'edited',
    key: eventKey(platform, 'edited', `${channel}:${ts}:${edited.ts}`),
    place: placeOf(message, threadOf(message, scene, addressed), scene),
    at: timeOf(edited.ts),
    person: personOf(user, scene, message),
    message: messageId(platform, scene.team, channel, ts),
    text: wordsOf(message, scene),
  }
}

/** Not a bot (Aeries itself is one), not Slack itself, no "joined the channel". */
function isSaidByPerson({ user, bot_id: bot, subtype }: SlackMessage, scene: Scene): boolean {
  if (user == null || user === scene.self || user === 'USLACKBOT' || bot != null) return false
  return (subtype == null || spoken.has(subtype)) && scene.person(user)?.bot !== true
}

/** A mention in a channel is answered in a thread of its own, and so is every message of a DM in the agent view. */
function threadOf(message: Posted, scene: Scene, addressed: boolean): string | undefined {
  if (message.thread_ts != null) return message.thread_ts
  const opens = isDm(message) ? scene.dmStyle(message.channel) === 'threads' : addressed
  return opens ? message.ts : undefined
}

function isCall({ text }: SlackMessage, scene: Scene): boolean {
  return text != null && withoutCall(text, scene.self) !== text
}

function wordsOf({ text }: SlackMessage, scene: Scene): string {
  return plainText(withoutCall(text ?? '', scene.self), scene).trim()
}
