import type { ModelEvent } from '#src/core/model.ts'
import { untold } from '#src/core/telemetry.ts'
import { ReplyTimes } from '#src/engine/reply-times.ts'
import type { Pace } from '#src/engine/view-parts.ts'
import { WriteBudget } from '#src/engine/write-budget.ts'
import { writeReply } from '#src/engine/write-reply.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'
import { type RecordingOptions, RecordingSurface } from '#test/support/recording-surface.ts'
import { ScriptedModel, type Step } from '#test/support/scripted-model.ts'

/** One reply, written onto a surface that records each write; the test owns the time. */
export function perform(
  steps: readonly Step[],
  options: Partial<RecordingOptions & { pace: Pace; ask: (signal: AbortSignal) => AsyncIterable<ModelEvent> }> = {},
  clock = new ManualClock(),
) {
  const surface = new RecordingSurface({ clock, ...options })
  const model = new ScriptedModel(clock, () => steps)
  const log = new KeptLog()
  const stop = new AbortController()
  const abort = new AbortController()
  const writing: string[] = []
  const request = { conversation: 'c' as never, person: 'p' as never, tag: 't', messages: [], maxTokens: 10 }
  const written = writeReply(
    {
      key: 't',
      surface,
      pace: options.pace ?? 'live',
      budget: new WriteBudget(clock),
      clock,
      log,
      times: new ReplyTimes({ telemetry: untold, clock }),
      ask: options.ask ?? ((signal): AsyncIterable<ModelEvent> => model.stream(request, signal)),
      stop: stop.signal,
      explain: (_, hasWords) => ({ outcome: hasWords ? 'cut off' : 'failed', words: hasWords ? 'cut' : 'resting' }),
      isOfAnother: () => false,
      onWriting: () => writing.push('writing'),
      onDraft: () => {},
      onShown: (part, message) => void writing.push(`part ${part} is ${message}`),
      remove: async message => void (await surface.remove(message)),
    },
    abort.signal,
  )
  const reply = written.then(({ reply }) => reply)
  reply.catch(() => {})
  return { surface, model, log, stop, abort, writing, clock, reply, written }
}
