import type { Config } from '#src/config.ts'
import { lookAtDatabase } from './database.ts'
import { lookAtDiscord } from './discord.ts'
import { type Finding, type Findings, fault } from './finding.ts'
import { lookAtOps } from './ops.ts'
import { readSettings } from './settings.ts'
import { lookAtSlack } from './slack.ts'
import { lookAtVllm } from './vllm.ts'
import { lookAtWeb } from './web.ts'

/** `looking`: what comes next may take its time. */
export type Step = Readonly<{ type: 'looking'; at: string }> | Readonly<{ type: 'found'; finding: Finding }>

type Part = Readonly<{ at: string; look: () => Findings }>

/** Looks at everything that Aeries needs, one after the other. Changes nothing; throws the signal's reason only. */
export async function* examine(
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): AsyncGenerator<Step> {
  const { findings, config } = readSettings(environment)
  for (const finding of findings) yield { type: 'found', finding }
  for (const { at, look } of config ? partsOf(config, signal) : []) {
    yield { type: 'looking', at }
    try {
      for await (const finding of look()) yield { type: 'found', finding }
    } catch (error) {
      signal.throwIfAborted()
      const why = error instanceof Error ? error.name : 'something odd'
      yield { type: 'found', finding: fault(at, `the look at it broke off (${why})`, 'A fault of Aeries: report it.') }
    }
  }
}

function partsOf(config: Config, signal: AbortSignal): readonly Part[] {
  const { vllm, discord, slack, web, ops, databasePath, learning } = config
  return [
    { at: 'database', look: () => lookAtDatabase(databasePath) },
    ...vllm.url.map(url => ({ at: `vllm at ${url}`, look: () => lookAtVllm(url, config, signal) })),
    ...(discord ? [{ at: 'discord', look: () => lookAtDiscord({ discord, learning: learning.mode }, signal) }] : []),
    ...(slack ? [{ at: 'slack', look: () => lookAtSlack(slack, signal) }] : []),
    ...(ops ? [{ at: 'ops', look: () => lookAtOps(ops, signal) }] : []),
    ...(web ? [{ at: 'web', look: () => lookAtWeb(web, signal) }] : []),
  ]
}
