import { readFileSync } from 'node:fs'
import { messageId } from '#src/core/ids.ts'
import { fold } from '#src/observer/claims/fold.ts'
import type { HeardMessage, ProposedClaim } from '#src/observer/claims/validate-claims.ts'

/** `tuning`: what the patterns were made by. `report`: what they are judged by. */
export type Half = 'tuning' | 'report'
export type Line = Readonly<{ part: string; half: Half; line: string }>

const folder = new URL('../../fixtures/claims/', import.meta.url)

/** The lines of a fixture; in each part the odd ones are for tuning. */
export function linesOf(file: string): readonly Line[] {
  let part = ''
  let count = 0
  const found: Line[] = []
  for (const line of readFileSync(new URL(file, folder), 'utf8').split('\n')) {
    if (line.startsWith('## ')) {
      part = line.slice(3)
      count = 0
    } else if (line !== '' && !(count === 0 && line.startsWith('# '))) {
      count++
      found.push({ part, half: count % 2 === 1 ? 'tuning' : 'report', line })
    }
  }
  return found
}

export type Case = Line &
  Readonly<{
    message: HeardMessage
    proposed: ProposedClaim
    /** `-` before it: they do not want it. */
    kept: string
  }>

/** The claims of a fixture; see its first lines. */
export function casesOf(file: string): readonly Case[] {
  return linesOf(file).map(line => toCase(line))
}

function toCase(line: Line): Case {
  const arrow = line.line.lastIndexOf(' => ')
  const text = unescaped(line.line.slice(0, arrow)).replace(/^reply: .*? ## /s, '')
  const [claim = '', kept] = line.line.slice(arrow + 4).split(' -> ')
  const [named = '', quote = text] = claim.split(' ~ ')
  const [slot = '', ...value] = named.split(': ')
  return {
    ...line,
    message: { id: messageId('discord', undefined, '1', '2'), text },
    proposed: aProposal({
      quote: unescaped(quote),
      slot: slot as ProposedClaim['slot'],
      value: unescaped(value.join(': ')),
    }),
    kept: kept ?? unescaped(value.join(': ')),
  }
}

/** What a model would say that was fooled, or that is right. */
export function aProposal(more: Partial<ProposedClaim>): ProposedClaim {
  return { quote: '', about: 'self', kind: 'fact', slot: 'open', value: '', lasts: 'permanent', ...more }
}

export function sameWords(one: string, other: string): boolean {
  return fold(one).text === fold(other).text
}

function unescaped(text: string): string {
  return text
    .replaceAll('\\n', '\n')
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
