import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { HouseFacts } from '#src/engine/commands/house-facts.ts'
import type { VllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import type { Config } from './config.ts'
import { keepsDaysBy } from './retention-config.ts'

const packageSchema = z.object({ version: z.string() })

/** What `status` and `privacy` tell, from the settings that this process runs with. */
export function describeHouse(
  { vllm, retention, told }: Pick<Config, 'retention' | 'told' | 'vllm'>,
  model: Pick<VllmChatModel, 'refresh'>,
  startedAt: Date,
): HouseFacts {
  const { version } = packageSchema.parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')))
  return {
    version,
    model: vllm.model,
    modelAt: machinesOf(vllm.url),
    startedAt,
    isModelThere: signal =>
      model.refresh(signal).then(
        () => true,
        () => false,
      ),
    keepsDays: keepsDaysBy(retention),
    ...told,
  }
}

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** By their names alone: an address may carry a password. */
function machinesOf(addresses: readonly string[]): readonly string[] {
  const names = addresses.map(address => new URL(address).hostname)
  return [...new Set(names.map(name => (loopback.has(name) ? 'the machine that I run on' : name)))]
}
