import { type ApiError, engineDead, errorRecord } from './api-error.ts'
import type { Job } from './job.ts'
import type { Fault } from './script.ts'
import type { SseStream } from './sse-stream.ts'
import type { WireChunks } from './wire-chunks.ts'

export const gatewayHtml =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n'

/** Lets a fault happen in an open stream. True when it was the end of the answer. */
export async function strike(fault: Fault, job: Job, stream: SseStream, chunks: WireChunks): Promise<boolean> {
  switch (fault.kind) {
    case 'fin':
      job.breakOff()
      await stream.cutFin()
      return true
    case 'rst':
      job.breakOff()
      await stream.cutRst()
      return true
    case 'stall':
      return stall(fault, job, stream)
    case 'hold':
      stream.flush()
      await job.toldToGoOn()
      return false
    case 'errorRecord':
    case 'errorNoDone':
      stream.record(errorRecord(errorOf(fault), job.parts.engine.profile))
      if (fault.kind === 'errorRecord') stream.done()
      return over(job, stream)
    case 'badJson':
      stream.raw(`data: ${fault.raw ?? ': keep-alive'}\n\n`) // as a gateway that takes comments for data
      return false
    case 'emptyChoices':
      for (const record of chunks.hollow()) stream.record(record)
      return false
    case 'htmlBody':
      stream.raw(gatewayHtml)
      return over(job, stream)
    case 'eofClean':
    case 'plainJson200': // too late for another body: what is left of it is the end
      return over(job, stream)
    case 'doneWithoutFinish':
      stream.done()
      return over(job, stream)
    case 'duplicateRecords':
      stream.doubles = true
      return false
    default:
      return fault.kind satisfies never
  }
}

export function errorOf(fault: Fault): ApiError {
  return fault.error ? { ...fault.error, param: null } : engineDead
}

async function over(job: Job, stream: SseStream): Promise<boolean> {
  job.breakOff()
  await stream.end()
  return true
}

async function stall(fault: Fault, job: Job, stream: SseStream): Promise<boolean> {
  const { exchange } = job.parts
  stream.flush()
  if (fault.forMs !== undefined) {
    await job.reach(performance.now() + fault.forMs)
    return false
  }
  // Only the client's leaving ends it; a change of the weather wakes it in vain.
  while (!exchange.isClosed) await exchange.pause(() => undefined)
  return true
}
