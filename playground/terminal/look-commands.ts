import type { ServiceLine } from '#playground/service-line.ts'
import type { Film } from './chair.ts'
import type { Command } from './command.ts'

const shownLines = 15

/** What one may look at. */
export const lookCommands: readonly Command[] = [
  {
    name: 'film',
    does: "every version of Aeries' last message here, with its time",
    run: ({ seat, ledger }) => {
      const film = seat.here.film()
      ledger.plain(['', `  ${film.name} in ${film.place}: ${told(film)}`, ...strip(film).map(line => `  ${line}`), ''])
    },
  },
  {
    name: 'log',
    does: 'the last lines of the service log',
    run: ({ stage: { service }, ledger }) => {
      ledger.plain(['', ...service.lines.slice(-shownLines).map(line => `  ${logLine(line)}`), ''])
    },
  },
  { name: 'quit', does: 'stop everything (or Ctrl-C)', run: ({ leave }) => leave() },
]

function told({ versions }: Film): string {
  const lastedMs = (versions.at(-1)?.at ?? 0) - (versions[0]?.at ?? 0)
  return versions.length === 1 ? 'posted once' : `${versions.length} versions in ${seconds(lastedMs)}`
}

/** One line a version: when, how it was longer than the one before, and how it ended. */
function strip({ versions }: Film): readonly string[] {
  const createdAt = versions[0]?.at ?? 0
  return versions.map(({ at, text }, index) => {
    const before = versions[index - 1]?.text ?? ''
    const isGrown = text.startsWith(before)
    const size = isGrown ? `+${text.length - before.length}` : `=${text.length}`
    const shown = index === 0 ? text : isGrown ? `…${text.slice(before.length)}` : text
    const line = shown.replace(/\n+/g, ' ⏎ ')
    const cut = line.length <= 46 ? line : `${line.slice(0, 20)} … ${line.slice(-23)}`
    return `${`+${seconds(at - createdAt)}`.padStart(9)} ${size.padStart(6)}  ${cut}`
  })
}

function logLine({ at, level, part, words }: ServiceLine): string {
  const time =
    at === undefined ? '' : `${at.toLocaleTimeString('en-GB')}.${String(at.getMilliseconds()).padStart(3, '0')}`
  return [time.padEnd(12), level.padEnd(5), (part ?? 'aeries').padEnd(8), words].join(' ')
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`
}
