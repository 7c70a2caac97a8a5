import { addressesIn } from './addresses.ts'
import { fencesIn } from './fences.ts'

/**
 * Wraps every bare web address of a markdown text, also a link's target, in angle brackets: Discord shows it without
 * fetching it for a preview. Code stays as it is, and so does what is wrapped already. An address that is still growing
 * at the end is wrapped as it stands.
 */
export function suppressLinkPreviews(text: string): string {
  if (!text.includes('://')) return text
  let shown = ''
  let at = 0
  for (const { start, end } of fencesIn(text)) {
    shown += wrapAddresses(text.slice(at, start)) + text.slice(start, end)
    at = end
  }
  return shown + wrapAddresses(text.slice(at))
}

function wrapAddresses(text: string): string {
  let shown = ''
  let at = 0
  for (const { start, end } of addressesIn(text)) {
    // A backslash would take the bracket's meaning away; one more bracket takes the backslash's.
    shown += `${text.slice(at, start)}${text[start - 1] === '\\' ? '<<' : '<'}${text.slice(start, end)}>`
    at = end
  }
  return shown + text.slice(at)
}
