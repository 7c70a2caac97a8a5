import { messageId } from '#src/core/ids.ts'
import { aboutTriggers } from './about-triggers.ts'
import { clausesOf } from './clauses.ts'
import { detectClaims } from './detect-claims.ts'
import { framesOf } from './frames.ts'
import { styleTriggers } from './style-triggers.ts'

/** Takes a few milliseconds on a slow machine. */
const patternsInAStep = 4
const sample = 'I like tea.'

/**
 * V8 compiles a pattern when it is first used, and into machine code when it is used again. For all of the detector that is a good
 * part of a second's work on a slow machine: it is done here in small steps, and replies come between two of them.
 * The first call does it, those beside it join in, and later ones return at once. Throws only the signal's reason.
 */
export async function warmUp(signal: AbortSignal): Promise<void> {
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    step()
    await new Promise<void>(resolve => setImmediate(resolve))
    signal.throwIfAborted()
  }
}

/** All triggers twice before the whole, or the whole would compile them all in one step. */
const steps: (() => unknown)[] = [...patternSteps(), ...patternSteps(), ...otherSteps(), ...otherSteps()]

function patternSteps(): readonly (() => unknown)[] {
  const patterns = [...styleTriggers, ...aboutTriggers].map(({ pattern }) => pattern)
  return Array.from({ length: Math.ceil(patterns.length / patternsInAStep) }, (_, at) => {
    const some = patterns.slice(at * patternsInAStep, (at + 1) * patternsInAStep)
    return () => some.map(pattern => pattern.test(sample.toLowerCase()))
  })
}

/** What reads a message for the triggers, and judges what they found, has patterns of its own. */
function otherSteps(): readonly (() => unknown)[] {
  const message = { id: messageId('nowhere', undefined, 'nobody', 'nothing'), text: sample }
  return [
    () => framesOf([{ text: sample.toLowerCase(), isQuestion: false }], sample),
    () => clausesOf(message),
    () => detectClaims([message]),
  ]
}
