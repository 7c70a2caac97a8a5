import type { Ping } from './message.ts'

/** A mention as written, before anybody was looked up. */
export type Mention = Omit<Ping, 'personIds'>

// A label may follow a bar; a `<` that opens nothing ends the try, as in Slack.
const controlSequence = /<([!@])([^<>|]+)(?:\|[^<>]*)?>/g
const bareName = /(?<![\w@<|!^])@([\w.-]+)/g
const broadcasts: Readonly<Record<string, Mention['kind']>> = {
  channel: 'channel',
  group: 'channel', // the older word for the same
  here: 'here',
  everyone: 'everyone',
}

/**
 * Every mention that could ring in mrkdwn or markdown. It errs towards ringing: code does not protect, because Slack
 * resolves control sequences before it formats. `linkNames` lets bare @names count, as `link_names` and `parse` do.
 */
export function mentionsIn(text: string, linkNames = false): readonly Mention[] {
  const found = [...text.matchAll(controlSequence)].map(([written, sign = '', name = '']) =>
    sign === '@' ? personMention(written, name) : specialMention(written, name),
  )
  const bare = linkNames ? [...text.matchAll(bareName)].map(([written, name = '']) => bareMention(written, name)) : []
  return [...found, ...bare].filter(one => one !== undefined)
}

function personMention(written: string, name: string): Mention | undefined {
  return /^[UWB][A-Z0-9]{2,}$/.test(name) ? { kind: 'person', id: name, written } : undefined
}

function specialMention(written: string, name: string): Mention | undefined {
  const group = /^subteam\^(S[A-Z0-9]+)/.exec(name)
  if (group) return { kind: 'group', id: group[1], written }
  const kind = broadcasts[name.trim().toLowerCase()]
  return kind && { kind, id: undefined, written }
}

function bareMention(written: string, name: string): Mention {
  const kind = broadcasts[name.toLowerCase()]
  return kind ? { kind, id: undefined, written } : { kind: 'person', id: name, written }
}
