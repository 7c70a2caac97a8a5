import type { Scene } from './scene.ts'

const sequence = /<([^<>]+)>/g

/** Slack's markup as the words that people see: `<@U1>` is `@Mira`, `<#C2|garden>` is `#garden`, `&amp;` is `&`. */
export function plainText(text: string, scene: Scene): string {
  let shown = ''
  let at = 0
  for (const found of text.matchAll(sequence)) {
    shown += unescaped(text.slice(at, found.index)) + wordFor(found[1] ?? '', scene)
    at = found.index + found[0].length
  }
  return shown + unescaped(text.slice(at))
}

/** The words without the mention that calls Aeries at their head: who is called has heard it. */
export function withoutCall(text: string, self: string): string {
  return text.replace(new RegExp(`^\\s*(?:<@${self}(?:\\|[^<>]*)?>[,:]?\\s*)+`), '')
}

export type Mentions = Readonly<{ people: readonly string[]; all: boolean; groups: boolean }>

/** Whom a text calls. */
export function mentionsIn(text: string): Mentions {
  const found = [...text.matchAll(sequence)].map(([, inside = '']) => inside)
  return {
    people: found.filter(one => one.startsWith('@')).map(one => nameIn(one.slice(1)).id),
    all: found.some(one => /^!(?:channel|here|everyone|group)(?:\||$)/.test(one)),
    groups: found.some(one => one.startsWith('!subteam^')),
  }
}

/** Channels that a text names without their name. */
export function namelessChannels(text: string): readonly string[] {
  return [...text.matchAll(/<#([A-Z0-9]+)\|?>/g)].map(([, id = '']) => id)
}

/** The words of a command: who and what is mentioned in them stays as Slack writes it, which is how a command is told whom it is about. */
export function unescapedCommand(text: string): string {
  const linked = text.replace(/<(?![@#])([^<>|]+)(?:\|([^<>]*))?>/g, (_, url: string, label?: string) =>
    address(url, label),
  )
  return unescaped(linked)
}

function wordFor(inside: string, scene: Scene): string {
  const { id, label } = nameIn(inside)
  switch (inside[0]) {
    case '@':
      return `@${nameOf(id.slice(1), scene) ?? label ?? 'somebody'}`
    case '#':
      return `#${label ?? scene.channel(id.slice(1))?.name ?? 'channel'}`
    case '!':
      return specialWord(id, label)
    default:
      return address(unescaped(id), label)
  }
}

function nameOf(user: string, scene: Scene): string | undefined {
  return user === scene.self ? 'Aeries' : scene.person(user)?.name
}

function nameIn(inside: string): Readonly<{ id: string; label: string | undefined }> {
  const bar = inside.indexOf('|')
  const label = bar === -1 ? '' : unescaped(inside.slice(bar + 1))
  return { id: bar === -1 ? inside : inside.slice(0, bar), label: label === '' ? undefined : label }
}

function specialWord(id: string, label: string | undefined): string {
  if (id.startsWith('!subteam^')) return `@${label?.replace(/^@/, '') ?? 'group'}`
  if (id.startsWith('!date^')) return label ?? 'a date'
  return label ?? `@${id.slice(1)}`
}

/** A label that is the address in short adds nothing to it. */
function address(url: string, label: string | undefined): string {
  const bare = url.replace(/^mailto:/, '')
  if (label === undefined || bare.includes(label)) return bare
  return `${label} (${bare})`
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
