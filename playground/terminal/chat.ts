import { ApiError } from '#playground/discord-server/world/api-error.ts'
import { ServiceFailed } from '#playground/service.ts'
import { isAlarming } from '#playground/service-line.ts'
import type { PlaygroundSettings } from '#playground/settings.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import type { Stage } from '#playground/stage.ts'
import type { Desk } from './command.ts'
import { runCommand } from './commands.ts'
import { DiscordChair } from './discord-chair.ts'
import { discordReporter } from './discord-reporter.ts'
import type { Face } from './face.ts'
import { Ledger, type Speaker } from './ledger.ts'
import { Misuse } from './misuse.ts'
import { Seat } from './seat.ts'
import { SlackChair } from './slack-chair.ts'
import { slackReporter } from './slack-reporter.ts'
import { Stillness } from './stillness.ts'
import { Transcript } from './transcript.ts'
import type { TypedLine } from './typed-line.ts'

export type ChatParts = Readonly<{ stage: Stage; settings: PlaygroundSettings; openFace: (seat: Seat) => Face }>

const playground: Speaker = { place: '', name: '·', tone: 'note' }
const trouble: Speaker = { place: '', name: '!', tone: 'fault' }
const service: Speaker = { place: '', name: 'service', tone: 'note' }

/**
 * The chat in a terminal, from the start of the service to its end: one types as a person and watches Aeries' messages
 * grow. Resolves with the exit code. Rejects with `ServiceFailed` when the service does not come up.
 */
export async function chat({ stage, settings, openFace }: ChatParts, signal: AbortSignal): Promise<number> {
  const { discord, slack, harbour } = stage
  const seat = new Seat({ discord: new DiscordChair(discord, harbour.mira), slack: new SlackChair(slack, 'mira') })
  using face = openFace(seat)
  const ledger = new Ledger(face.paper, face.paint)
  using stillness = new Stillness(stage)
  const reporters = [discordReporter(discord), slackReporter(slack)]
  const isFinished = (touchedAt: number) => stillness.isFinished(touchedAt)
  using transcript = new Transcript({ ...face, ledger, isFinished, reporters })
  const settled = async () => {
    await stillness.settled(ending)
    transcript.catchUp()
  }
  const left = new AbortController()
  const ending = AbortSignal.any([signal, face.left, left.signal])
  const note = (text: string) => ledger.tell(playground, text)
  const desk: Desk = { stage, seat, ledger, note, leave: () => left.abort() }

  ledger.plain(['', `  ${face.paint('bold', 'Aeries, in its playground')}`, '', ...banner(stage, settings), ''])
  try {
    await stage.service.start(ending)
    tellOfService(stage, ledger)
    note('Aeries is here. Say something; /help lists what else there is.')
    for await (const line of face.lines) {
      if (line.follows) await settled()
      await carryOut(line, desk, ending)
      if (ending.aborted) break
    }
    await settled()
  } catch (error) {
    if (!ending.aborted) throw error
  }
  return await close(stage, note)
}

function banner({ model }: Stage, { databasePath, logPath }: PlaygroundSettings): readonly string[] {
  return [
    '  Discord  a stand-in on this machine, and the real discord.js in front of it',
    '  Slack    a stand-in on this machine, too, and the real Slack SDK; /in slack dm leads there',
    `  Model    ${model.words}`,
    ...(model.standIn ? ['           (VLLM_URL=http://... npm run playground talks to a real vLLM)'] : []),
    `  Memory   ${databasePath}, which the next start finds again`,
    `  Log      ${logPath}`,
  ]
}

/** From now on the service's warnings, and its end if nobody asked for it, are shown. */
function tellOfService({ service: { events } }: Stage, ledger: Ledger): void {
  events.on(event => {
    if (event.type === 'lost') {
      ledger.tell(
        trouble,
        `The service ended by itself ${event.how}. /log shows its last words, /restart starts it again.`,
      )
    } else if (isAlarming(event.line)) {
      ledger.tell(service, event.line.words)
    }
  })
}

async function carryOut({ text }: TypedLine, desk: Desk, signal: AbortSignal): Promise<void> {
  const { seat, ledger, note } = desk
  const { label } = seat
  try {
    if (text.trim() === '') return
    if (!text.startsWith('/')) return seat.here.say(text)
    ledger.setApart()
    ledger.remark(playground, text)
    await runCommand(text, desk, signal)
    if (seat.label !== label) note(`You are ${seat.label} now.`)
  } catch (error) {
    if (signal.aborted) return
    ledger.tell(trouble, wordsFor(error))
  }
}

/** What went wrong by what was typed. Everything else is a fault of the playground, and ends it. */
function wordsFor(error: unknown): string {
  if (error instanceof Misuse || error instanceof ServiceFailed) return error.message
  if (error instanceof ApiError) return `Discord refuses: ${error.message} (${error.code})`
  if (error instanceof Refusal) return `Slack refuses: ${error.message}`
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return 'That did not happen in time; /log tells more.'
  throw error
}

async function close({ service: running }: Stage, note: (text: string) => void): Promise<number> {
  if (!running.isRunning) return 1
  note('Stopping; running answers get a few seconds...')
  const isKind = await running.stop()
  if (!isKind) note('The service did not stop by itself, so it was killed.')
  return isKind ? 0 : 1
}
