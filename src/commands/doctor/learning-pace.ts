import { ask, type Said } from '#src/commands/contract/ask.ts'
import type { Target } from '#src/commands/contract/target.ts'
import type { LearningConfig } from '#src/learning-config.ts'
import { modelShare } from '#src/observer/observer.ts'
import { type Finding, ok, warning } from './finding.ts'

/** What an exchange with something to learn in it takes to be read: the form has 250 tokens, more with a third claim. */
const tokensOfExtraction = 250
/** Enough to tell how fast words follow each other, and over within seconds also where that is slow. */
const tokensAsked = 24

/** Whether the server is fast enough for what is read after an exchange; if it never is, only what patterns find is learnt. */
export async function lookAtLearning(target: Target, learning: LearningConfig): Promise<readonly Finding[]> {
  if (learning.mode === 'off') return []
  const name = 'vllm learning'
  await using model = target.client()
  const said = await ask(model, 'Count from one to thirty in words.', { maxTokens: tokensAsked })
  const ms = extractionMs(said)
  if (ms === undefined) return [ok(name, 'how fast words follow each other was not to be seen')]
  const within = learning.cadence.timeoutMs * modelShare
  const told = `reading an exchange takes some ${seconds(ms)} of ${seconds(within)}`
  if (ms <= within) return [ok(name, told)]
  const cure = `Set OBSERVER_TIMEOUT_MS to ${Math.ceil((ms * 1.5) / modelShare / 1_000) * 1_000}, or take a faster server or a smaller model: until then only what patterns find is learnt.`
  return [warning(name, told, cure)]
}

/** Timed from the first word on: before that the server reads, which it does once for the part that all of these have in common. */
function extractionMs({ firstMs, lastMs, tokens }: Said): number | undefined {
  return tokens < 2 ? undefined : firstMs + ((lastMs - firstMs) / (tokens - 1)) * tokensOfExtraction
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
