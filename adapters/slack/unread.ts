import { addressesOf } from './stream-text.ts'
import type { SlackMessage } from './wire.ts'

type Content = Pick<SlackMessage, 'files' | 'attachments'>

/** Enough for the model to know that links came; a list of addresses would crowd out the words. */
const maxLinks = 5
const maxLinkLength = 200

/** What comes with the words and is not read, each with a name. `text`: the words, resolved. */
export function unreadOf({ files, attachments }: Content, text: string): readonly string[] {
  const cards = (attachments ?? []).filter(one => one.is_msg_unfurl !== true && one.is_share !== true)
  return [
    ...(files ?? []).map(fileName),
    ...[...addressesOf(text)].slice(0, maxLinks).map(address => `the link ${shortened(address)}`),
    ...cards.filter(one => one.from_url == null).map(one => `the card ${one.title ?? one.fallback ?? ''}`.trim()),
  ]
}

function fileName({ name, title, mimetype, subtype }: NonNullable<Content['files']>[number]): string {
  if (subtype === 'slack_audio') return 'the voice message'
  const kind = mimetype?.startsWith('image/') === true ? 'image' : 'file'
  return `the ${kind} ${name ?? title ?? ''}`.trim()
}

function shortened(address: string): string {
  return address.length <= maxLinkLength ? address : `${address.slice(0, maxLinkLength)}…`
}
