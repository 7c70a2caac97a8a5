import { parseArgs } from 'node:util'
import { ServiceFailed } from './service.ts'
import { readSettings } from './settings.ts'
import { openStage } from './stage.ts'
import { chat } from './terminal/chat.ts'
import { openFace } from './terminal/face.ts'
import { isLatencyPreset } from './vllm-server/latency.ts'

const help = `Aeries on this machine alone: stand-ins of Discord and Slack, a model, and the service between them.

  --terminal     chat in this terminal (what happens without it, too)
  --pace NAME    of the model's stand-in: l40s-8b (default), h100-8b or instant

VLLM_URL         a real vLLM instead of the stand-in
DATABASE_PATH    where it remembers; default ./data/playground/aeries.db
`

const { values } = parseArgs({
  options: {
    terminal: { type: 'boolean', default: true },
    pace: { type: 'string', default: 'l40s-8b' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help || !isLatencyPreset(values.pace)) {
  process.stdout.write(help)
  process.exitCode = values.help ? 0 : 1
} else {
  process.exitCode = await play(values.pace, stopOnSignals())
}

async function play(preset: Parameters<typeof openStage>[0]['preset'], signal: AbortSignal): Promise<number> {
  const settings = readSettings(process.env)
  try {
    await using stage = await openStage({ settings, preset }, signal)
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

/** The first signal stops kindly, the second one at once. A reader that went away stops us, too. */
function stopOnSignals(): AbortSignal {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(1)
      stop.abort()
    })
  }
  process.stdout.on('error', () => stop.abort())
  return stop.signal
}
