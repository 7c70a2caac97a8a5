import type { Message } from './message.ts'

const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g // an open fence of a growing text protects to its end
const address = /https?:\/\/[^\s<>|)\]"'`]+/g
const media =
  /\.(?:png|jpe?g|gif|webp|svg|mp4|mov|webm|mp3)(?:[?#]|$)|^https?:\/\/(?:www\.)?(?:youtube\.com|youtu\.be|vimeo\.com)\//i

/** Addresses of a text that people could click, so that Slack could fetch a preview: those in code are not. */
export function linksIn(text: string): readonly string[] {
  const found = text.replace(code, ' ').match(address) ?? []
  return [...new Set(found.map(one => one.replace(/[.,;:!?*_~]+$/, '').replaceAll('&amp;', '&')))]
}

/** Whether Slack fetches a preview: a stream cannot say no; otherwise pages have to be asked for and media refused. */
export function unfurls(
  link: string,
  message: Pick<Message, 'botId' | 'stream' | 'unfurlLinks' | 'unfurlMedia'>,
): boolean {
  if (message.stream || message.botId === undefined) return true
  return media.test(link) ? message.unfurlMedia !== false : message.unfurlLinks === true
}
