import { parseArgs } from 'node:util'
import { openPage } from './page-server/open-page.ts'
import { ServiceFailed } from './service.ts'
import { readSettings } from './settings.ts'
import { openStage } from './stage.ts'
import { chat } from './terminal/chat.ts'
import { openFace } from './terminal/face.ts'
import { isLatencyPreset } from './vllm-server/latency.ts'
import { placeWebDoor } from './web-door.ts'

const help = `Aeries on this machine alone: stand-ins of Discord and Slack, a model, and the service between them.

  --terminal     chat in this terminal instead of a browser
  --pace NAME    of the model's stand-in: l40s-8b (default), h100-8b or instant

PLAYGROUND_PORT  where the page is; default 4180, 0 takes a free one
WEB_PORT         where the web door is; default 4181, or a free one
VLLM_URL         a real vLLM instead of the stand-in
DATABASE_PATH    where it remembers; default ./data/playground/aeries.db
`

/** One Ctrl-C comes twice where npm hands on what its terminal told all; nobody presses again that soon. */
const onceWithinMs = 1_000

/** The page shows what happens inside the service. */
const insideOpen = { OPS_HOST: '127.0.0.1', OPS_INSIDE: '1' }

const { values } = parseArgs({
  options: {
    terminal: { type: 'boolean', default: false },
    pace: { type: 'string', default: 'l40s-8b' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help || !isLatencyPreset(values.pace)) {
  process.stdout.write(help)
  process.exitCode = values.help ? 0 : 1
} else {
  process.exitCode = await play(values.pace, values.terminal, stopOnSignals())
}

type Preset = Parameters<typeof openStage>[0]['preset']

async function play(preset: Preset, isTerminal: boolean, signal: AbortSignal): Promise<number> {
  const given = readSettings(process.env)
  const web = isTerminal ? undefined : await placeWebDoor(given.environment['WEB_PORT'])
  const settings =
    web === undefined ? given : { ...given, environment: { ...given.environment, ...insideOpen, ...web.environment } }
  try {
    await using stage = await openStage({ settings, preset }, signal)
    if (web !== undefined) return await openPage({ stage, settings, web: web.url, print }, signal)
    const people = [...stage.discord.world.people.values()].map(({ displayName }) => displayName)
    return await chat(
      {
        stage,
        settings,
        openFace: seat => openFace({ input: process.stdin, output: process.stdout, seat, people }, signal),
      },
      signal,
    )
  } catch (error) {
    if (!(error instanceof ServiceFailed)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

function print(text: string): void {
  process.stdout.write(text)
}

/** The first signal stops kindly, the second one at once. A reader that went away stops us, too. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController()
  let toldAt = 0
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (!stop.signal.aborted) toldAt = performance.now()
      else if (performance.now() - toldAt > onceWithinMs) process.exit(1)
      stop.abort()
    })
  }
  process.stdout.on('error', () => stop.abort())
  return stop.signal
}
