import type { SourceToken } from './answer-source.ts'
import type { ChatRequest } from './chat-request.ts'
import type { Script } from './script.ts'
import type { Channel } from './wire-chunks.ts'

/** What one record shows. `tokens` counts what was generated for it: none for an inserted empty one, one for the end. */
export type Delta = Readonly<{ channel: Channel; text: string; ids: readonly number[]; tokens: number }>

/** The records of one answer; the last delta is the one with the `finish_reason`, unless that is null. */
export type AnswerPlan = Readonly<{
  deltas: readonly Delta[]
  finish: string | null
  stopReason: string | null
}>

type Ending = Readonly<{
  finish: string | null
  stopReason: string | null
  /** Where the text ends, for an answer that a stop string cut. */
  cutAt: number
  /** Whether the model ends by a token of its own, which has its own record. */
  ownToken: boolean
}>

/** Applies what ends an answer (stop strings, `max_tokens`, the script), and deals the tokens out to records. */
export function planAnswer(
  source: readonly SourceToken[],
  request: ChatRequest,
  script: Script,
  maxTokens: number,
): AnswerPlan {
  const { tokens, ending } = endOf(source, request, script, maxTokens)
  const hold = Math.max(0, ...request.stop.map(stop => stop.length - 1))
  const groups = grouped(tokens, request.streamInterval, script.burst)
  const deltas = withEmpties(shownDeltas(groups, hold, ending), script.emptyDeltas)
  return { deltas, finish: ending.finish, stopReason: ending.stopReason }
}

type Ended = Readonly<{ tokens: readonly SourceToken[]; ending: Ending }>

function endOf(source: readonly SourceToken[], request: ChatRequest, script: Script, maxTokens: number): Ended {
  const stopped = stopHit(source, request.stop)
  const tokens = stopped ? source.slice(0, stopped.tokens) : source
  const whole = { finish: null, stopReason: null, cutAt: Number.POSITIVE_INFINITY, ownToken: false }
  // The model's own end is a token too: an answer of exactly `max_tokens` tokens never gets to it.
  if (tokens.length > maxTokens || (tokens.length === maxTokens && !stopped)) {
    const finish = script.finish === null ? null : 'length'
    return { tokens: tokens.slice(0, maxTokens), ending: { ...whole, finish } }
  }
  if (script.finish === null) return { tokens, ending: whole }
  if (stopped) {
    return { tokens, ending: { ...whole, finish: 'stop', stopReason: stopped.stop, cutAt: stopped.cutAt } }
  }
  const detected = script.repeatLoop !== undefined && request.repetitionLimit !== undefined
  const cut = script.whitespaceLoop !== undefined || script.invalidJson === 'truncated' ? 'length' : 'stop'
  const finish = script.finish ?? (detected ? 'repetition' : cut)
  const reason = finish === 'repetition' ? 'repetition_detected' : null
  const ownToken = (finish === 'stop' || finish === 'abort') && script.finishCarriesText !== true
  return { tokens, ending: { ...whole, finish, stopReason: script.stopReason ?? reason, ownToken } }
}

function stopHit(source: readonly SourceToken[], stops: readonly string[]) {
  if (stops.length === 0) return undefined
  let text = ''
  for (const [index, { token }] of source.entries()) {
    text += token.text
    const hits = stops.map(stop => ({ stop, cutAt: text.indexOf(stop) })).filter(hit => hit.cutAt >= 0)
    const first = hits.sort((one, other) => one.cutAt - other.cutAt)[0]
    if (first) return { ...first, tokens: index + 1 }
  }
  return undefined
}

// Never across the border between thinking and text: those are two records with a real server, too.
function grouped(
  tokens: readonly SourceToken[],
  interval: number,
  burst: Script['burst'],
): readonly (readonly SourceToken[])[] {
  if (interval === 1 && !burst) return tokens.map(token => [token])
  const groups: SourceToken[][] = []
  let group: SourceToken[] = []
  const close = () => {
    if (group.length > 0) groups.push(group)
    group = []
  }
  for (const token of tokens) {
    if (group[0] && group[0].channel !== token.channel) close()
    group.push(token)
    const isBurst = burst !== undefined && groups.length % burst.every === 0
    const size = groups.length === 0 ? 1 : isBurst ? burst.tokens : interval
    if (group.length >= size) close()
  }
  close()
  return groups
}

/** With stop strings the server holds back as many characters as one could still need. */
function shownDeltas(groups: readonly (readonly SourceToken[])[], hold: number, ending: Ending): readonly Delta[] {
  const deltas: Delta[] = []
  let said = ''
  let shown = 0
  const show = (isLast: boolean): string => {
    const until = isLast ? Math.min(said.length, ending.cutAt) : wholeCharacters(said, said.length - hold)
    const text = said.slice(shown, Math.max(shown, until))
    shown += text.length
    return text
  }
  for (const [index, group] of groups.entries()) {
    const channel = group[0]?.channel ?? 'content'
    const next = groups[index + 1]?.[0]?.channel
    // Nothing held back crosses from the thinking to the text.
    const isLast = next === undefined ? !ending.ownToken : next !== channel
    said += group.map(({ token }) => token.text).join('')
    deltas.push({ channel, text: show(isLast), ids: group.map(({ token }) => token.id), tokens: group.length })
  }
  if (ending.ownToken) deltas.push({ channel: 'content', text: show(true), ids: [], tokens: 1 })
  const needsRecord = deltas.length === 0 && ending.finish !== null
  return needsRecord ? [{ channel: 'content', text: '', ids: [], tokens: 0 }] : deltas
}

function wholeCharacters(text: string, until: number): number {
  const before = text.charCodeAt(until - 1)
  return before >= 0xd800 && before <= 0xdbff ? until - 1 : until
}

function withEmpties(deltas: readonly Delta[], empties: Script['emptyDeltas']): readonly Delta[] {
  if (typeof empties !== 'number' || empties === 0) return deltas
  const every = Math.max(1, Math.floor(deltas.length / (empties + 1)))
  let left = empties
  return deltas.flatMap((delta, index) => {
    if (left === 0 || (index + 1) % every !== 0) return [delta]
    left -= 1
    return [{ channel: delta.channel, text: '', ids: [], tokens: 0 }, delta]
  })
}
