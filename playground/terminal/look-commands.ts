import type { Message } from '#playground/discord-server/world/message.ts'
import type { ServiceLine } from '#playground/service-line.ts'
import type { Command } from './command.ts'
import { nameOf, placeName } from './names.ts'

const shownLines = 15

/** What one may look at. */
export const lookCommands: readonly Command[] = [
  {
    name: 'film',
    does: "every version of Aeries' last message here, with its time",
    run: ({ stage: { discord }, seat, ledger }) => {
      const message = seat.answer()
      const { world } = discord
      const title = `${nameOf(world, message.authorId)} in ${placeName(world, seat.place)}: ${told(message)}`
      ledger.plain(['', `  ${title}`, ...film(message).map(line => `  ${line}`), ''])
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

function told({ versions, createdAt }: Message): string {
  const lastedMs = (versions.at(-1)?.at ?? createdAt) - createdAt
  return versions.length === 1 ? 'posted once' : `${versions.length} versions in ${seconds(lastedMs)}`
}

/** One line a version: when, how it was longer than the one before, and how it ended. */
function film({ versions, createdAt }: Message): readonly string[] {
  return versions.map(({ at, content }, index) => {
    const before = versions[index - 1]?.content ?? ''
    const isGrown = content.startsWith(before)
    const size = isGrown ? `+${content.length - before.length}` : `=${content.length}`
    const shown = index === 0 ? content : isGrown ? `…${content.slice(before.length)}` : content
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
