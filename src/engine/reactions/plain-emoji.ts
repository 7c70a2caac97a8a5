import { emojiOfName } from './emoji-names.ts'

/** Colours of skin; the two selectors of how a sign is drawn; who is shown doing it. */
const variants = /[\u{1F3FB}-\u{1F3FF}\uFE0E\uFE0F]|\u200D[♀♂]/gu

/**
 * An emoji without its variants, so that all of a kind are equal: `👍🏽`, `+1::skin-tone-4` and `thumbsup` are `👍`. One of a
 * workspace's own stays what it is: on Discord `name:id`, which is `id` alone, as its name can change; on Slack a name.
 */
export function plainEmoji(emoji: string): string {
  const custom = /^<?(?:a?:)?\w+:(\d{15,})>?$/.exec(emoji)?.[1]
  if (custom !== undefined) return custom
  const name = emoji.replace(/^:(?=.)|(?<=.):$/g, '').replace(/:?:skin-tone-\d(?:-\d)?$/, '')
  return emojiOfName.get(name) ?? name.replace(variants, '')
}
