import { escaped } from './content.ts'

/** A section's text ends at 3,000 characters. */
const sectionLength = 2_900

/** Our own Markdown in Slack's markup: the markdown block is for messages only, a home tab takes sections. */
export function sectionsOf(text: string): readonly object[] {
  const sections: string[] = []
  for (const line of mrkdwn(text).split('\n')) {
    const last = sections.at(-1)
    if (last === undefined || last.length + line.length + 1 > sectionLength) sections.push(line.slice(0, sectionLength))
    else sections[sections.length - 1] = `${last}\n${line}`
  }
  return sections
    .filter(one => one.trim() !== '')
    .map(one => ({ type: 'section', text: { type: 'mrkdwn', text: one, verbatim: true } }))
}

/** Bold words, links and lists; all else stays as it is. */
function mrkdwn(text: string): string {
  return escaped(text)
    .replace(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replace(/\[([^\]\n]+)\]\((https:\/\/[^\s()<>]+)\)/g, '<$2|$1>')
    .replace(/^- /gm, '• ')
}
