import { blockMentions, blockTexts } from './blocks.ts'
import { linksIn, unfurls } from './links.ts'
import { type Mention, mentionsIn } from './mentions.ts'
import type { Message, Version } from './message.ts'

type Written = Pick<Message, 'text' | 'markdown' | 'blocks' | 'stream'>

/** The words that a reader sees. Blocks hide the text, which is then only a notification; a stream's hang below. */
export function shownText({ text, markdown, blocks, stream }: Written): string {
  const inBlocks = blockTexts(blocks).map(one => one.text)
  if (stream) return [markdown ?? '', ...inBlocks].filter(one => one !== '').join('\n')
  return inBlocks.length > 0 ? inBlocks.join('\n') : (markdown ?? text)
}

/** The words for those whom a running native stream is not for: its first chunk, until the app ends it. */
export function othersText(message: Written): string {
  const { stream } = message
  const hidden = stream !== undefined && (stream.state === 'in_progress' || stream.state === 'stopped')
  return hidden ? stream.firstChunk : shownText(message)
}

/** Every mention in a message that could ring, the notification text under blocks counted. */
export function mentionsOf(message: Written & Pick<Message, 'linkNames'>): readonly Mention[] {
  const { text, markdown, blocks, linkNames } = message
  const markup = blockTexts(blocks).filter(one => one.markup)
  const words = [
    text,
    ...(markdown === undefined || markdown === text ? [] : [markdown]),
    ...markup.map(one => one.text),
  ]
  return [...words.flatMap(one => mentionsIn(one, linkNames)), ...blockMentions(blocks)]
}

/** Addresses that got a preview with this state of a message, without those of earlier frames. */
export function newUnfurls(message: Message, before: readonly Version[]): readonly string[] {
  const known = new Set(before.flatMap(version => version.unfurls))
  return linksIn(shownText(message)).filter(link => unfurls(link, message) && !known.has(link))
}
