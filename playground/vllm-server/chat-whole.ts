import { engineDead } from './api-error.ts'
import { completionBody } from './completion-body.ts'
import type { Job } from './job.ts'
import { finalUsage, requestMetrics } from './usage.ts'

/** The answer as one JSON body. */
export async function answerWhole(job: Job): Promise<void> {
  const { exchange, engine, call } = job.parts
  const body = await completionOf(job)
  if (body !== undefined) exchange.json(200, body)
  else if (!exchange.isClosed) {
    call.status = engineDead.status
    job.breakOff()
    exchange.refuse(engineDead, engine.profile)
  }
}

/** The body once everything is generated; nothing when the client left or the engine died. */
export async function completionOf(job: Job): Promise<string | undefined> {
  const { plan, engine, identity, call } = job.parts
  if (!(await job.takeSeat())) return undefined
  let content = ''
  let reasoning = ''
  for (const [index, delta] of plan.deltas.entries()) {
    const gap = job.gapBefore(delta, index)
    if (!(await job.reach(job.clock + gap))) return undefined
    job.sent(delta, gap)
    if (delta.channel === 'content') content += delta.text
    else reasoning += delta.text
  }
  const { count, times } = job
  call.status = 200
  job.finish(plan.finish)
  return completionBody(
    identity,
    {
      content: content === '' && reasoning !== '' ? null : content,
      reasoning: reasoning === '' ? null : reasoning,
      finishReason: plan.finish,
      stopReason: plan.stopReason,
      usage: finalUsage(count, engine.options, engine.profile, 'whole'),
      metrics: engine.options.perRequestMetrics ? requestMetrics(times, count.completion) : undefined,
    },
    engine.profile,
  )
}
