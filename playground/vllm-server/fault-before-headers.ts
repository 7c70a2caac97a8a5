import { completionOf } from './chat-whole.ts'
import { errorOf, gatewayHtml } from './fault-strike.ts'
import type { Job } from './job.ts'
import type { Fault } from './script.ts'

/** A fault that takes the place of the whole answer. True when there was one. */
export async function faultBeforeHeaders(job: Job): Promise<boolean> {
  const { fault } = job.parts.script
  if (!fault) return false
  if (!job.parts.request.stream) return happen(fault, job) // there is no middle to strike in
  const replacesAnswer = fault.kind === 'htmlBody' || fault.kind === 'plainJson200'
  if (fault.at !== 'headers' && !(replacesAnswer && fault.at === 'first')) return false
  return happen(fault, job)
}

async function happen(fault: Fault, job: Job): Promise<boolean> {
  const { engine, exchange, call } = job.parts
  switch (fault.kind) {
    case 'fin':
      engine.log.close(call, 'broken')
      exchange.res.socket?.end()
      return true
    case 'rst':
      engine.log.close(call, 'broken')
      exchange.res.socket?.resetAndDestroy()
      return true
    case 'stall':
      if (fault.forMs !== undefined) await exchange.sleepUntil(performance.now() + fault.forMs)
      else while (!exchange.isClosed) await exchange.pause(() => undefined)
      return exchange.isClosed
    case 'errorRecord':
    case 'errorNoDone': {
      const error = errorOf(fault)
      call.status = error.status
      engine.log.close(call, 'refused')
      exchange.refuse(error, engine.profile)
      return true
    }
    case 'htmlBody':
      call.status = 502
      engine.log.close(call, 'refused')
      exchange.json(502, gatewayHtml, 'text/html')
      return true
    case 'plainJson200': {
      const body = await completionOf(job)
      if (body !== undefined) exchange.json(200, body)
      return true
    }
    default:
      // The others need an open stream: they strike before its first record.
      return false
  }
}
