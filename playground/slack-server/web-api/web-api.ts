import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Json } from '#playground/slack-server/world/json.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import { type Answer, carryOut, limited, refused } from './carry-out.ts'
import type { Fault, Faults } from './faults.ts'
import { tokenOf } from './identity.ts'
import type { LogEntry } from './log-entry.ts'
import type { Desk } from './method.ts'
import type { RateLimits } from './rate-limits.ts'
import { readBody } from './read-body.ts'

type Parts = Readonly<{
  desk: Desk
  limits: RateLimits
  faults: Faults
  onEntry: (entry: LogEntry) => void
  signal: AbortSignal
}>

/** The door of the Web API: reads a call, lets the weather strike, answers, and logs what was met. */
export class WebApi {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async handle(request: IncomingMessage, response: ServerResponse, method: string): Promise<void> {
    const { desk, limits, faults } = this.#parts
    const at = desk.world.now()
    const fields = await readFields(request)
    const token = tokenOf(request, fields instanceof Refusal ? {} : fields)
    const about = this.#about(method, token, fields instanceof Refusal ? {} : fields)
    const fault = faults.strike({ method, teamId: about.tokenTeamId, channelId: about.channelId })
    if (fault?.kind === 'slow' && !fault.accepted) await this.#wait(fault.ms)
    const answer = spared(fault)
      ? fields instanceof Refusal
        ? refused(fields)
        : carryOut(desk, limits, { method, token, fields })
      : undefined
    const told = toldAs(answer, fault)
    const ts = about.ts ?? madeTs(answer)
    const { status = 0, error, retryAfterS } = told ?? {}
    const outcome = { status, error, retryAfterS, accepted: answer?.accepted ?? false, leak: answer?.leak ?? false }
    if (fault?.kind === 'slow' && fault.accepted) await this.#wait(fault.ms)
    this.#parts.onEntry({ ...about, at, answeredAt: desk.world.now(), ts, ...outcome, fault: fault?.kind })
    await this.#send(response, told, fault)
  }

  async #send(response: ServerResponse, told: Answer | undefined, fault: Fault | undefined): Promise<void> {
    if (!told) {
      if (fault?.kind === 'hang') await this.#wait(fault.ms)
      response.destroy()
      return
    }
    const body = fault?.kind === 'error' ? '<html><body>Server error</body></html>' : JSON.stringify(told.body)
    const type = fault?.kind === 'error' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
    response.writeHead(told.status, { 'content-type': type, 'cache-control': 'no-store', ...told.headers }).end(body)
  }

  /** Waits; without a time until the server closes. */
  async #wait(ms = 2 ** 31 - 1): Promise<void> {
    await sleep(ms, undefined, { signal: this.#parts.signal, ref: false }).catch(() => undefined)
  }

  #about(method: string, token: string | undefined, fields: Json) {
    const { world } = this.#parts.desk
    const { token: _, ...args } = fields
    const { channel, channel_id: id = channel, user, user_id: person = user, ts, message_ts: other = ts } = fields
    const channelId = typeof id === 'string' ? id : undefined
    const teamId = world.channels.get(channelId ?? '')?.teamId ?? world.people.get(String(person))?.teamId
    const tokenTeamId = token === undefined ? undefined : world.tokens.get(token)?.teamId
    return { method, args, channelId, teamId, tokenTeamId, ts: typeof other === 'string' ? other : undefined }
  }
}

async function readFields(request: IncomingMessage): Promise<Json | Refusal> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams)
  try {
    return { ...query, ...(await readBody(request)).fields }
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Whether the deed is done although a fault strikes. */
function spared(fault: Fault | undefined): boolean {
  if (!fault || fault.kind === 'slow') return true
  return fault.kind !== 'rate-limit' && fault.accepted === true
}

/** What the client gets to hear; undefined: a broken connection. */
function toldAs(answer: Answer | undefined, fault: Fault | undefined): Answer | undefined {
  switch (fault?.kind) {
    case undefined:
    case 'slow':
      return answer
    case 'rate-limit':
      return limited('429', fault.retryAfterS)
    case 'refuse':
      return refused(new Refusal(fault.error))
    case 'error':
      return { ...refused(new Refusal(`http_${fault.status}`)), status: fault.status }
    case 'reset':
    case 'hang':
      return undefined
    default:
      return fault satisfies never
  }
}

function madeTs(answer: Answer | undefined): string | undefined {
  const { ts, message_ts: other = ts } = answer?.body ?? {}
  return typeof other === 'string' ? other : undefined
}
