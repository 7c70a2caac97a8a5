import { parseArgs } from 'node:util'
import { isLatencyPreset } from './latency.ts'
import { createVllmServer } from './vllm-server.ts'
import { isWireProfileName } from './wire-profile.ts'

const help = `A stand-in for a vLLM server, on 127.0.0.1. It is no language model: it answers from a script.

  --port N          default 8000
  --admin-port N    control routes on a door of their own, open whatever the weather
  --preset NAME     h100-8b, l40s-8b (default) or instant
  --profile NAME    0.32 (default), 0.27, 0.10 or rust
  --model NAME      default Qwen/Qwen3-8B
  --max-model-len N default 40960
  --api-key KEY
  --reasoning-parser, --dev-mode
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8000' },
    'admin-port': { type: 'string' },
    preset: { type: 'string', default: 'l40s-8b' },
    profile: { type: 'string', default: '0.32' },
    model: { type: 'string', default: 'Qwen/Qwen3-8B' },
    'max-model-len': { type: 'string', default: '40960' },
    'api-key': { type: 'string' },
    'reasoning-parser': { type: 'boolean', default: false },
    'dev-mode': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help || !isLatencyPreset(values.preset) || !isWireProfileName(values.profile)) {
  process.stdout.write(help)
  process.exitCode = values.help ? 0 : 1
} else {
  const server = await createVllmServer({
    port: Number(values.port),
    adminPort: values['admin-port'] === undefined ? undefined : Number(values['admin-port']),
    latency: values.preset,
    profile: values.profile,
    model: values.model,
    maxModelLen: Number(values['max-model-len']),
    apiKey: values['api-key'],
    reasoningParser: values['reasoning-parser'],
    devMode: values['dev-mode'],
  })
  process.stdout.write(`vLLM stand-in at ${server.url}, control at ${server.adminUrl}/__admin/\n`)
  process.stdout.write('It is no language model: it answers from a script.\n')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())
}
