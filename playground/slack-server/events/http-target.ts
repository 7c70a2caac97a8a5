import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import type { World } from '#playground/slack-server/world/world.ts'
import { afterOwnTime } from '#playground/stand-in/after-own-time.ts'
import type { DeliveryKind, Envelope, Told, Transport } from './delivery.ts'
import { signature } from './signature.ts'

/** The app's own web address: signed requests, acknowledged by a 2xx within the time for it. */
export class HttpTarget implements Transport {
  readonly url: string
  readonly #world: World
  readonly #signal: AbortSignal
  /** Set to sign with another secret, or as of another time: the app has to refuse. */
  forgery: Readonly<{ secret?: string; ageMs?: number }> = {}

  constructor(url: string, world: World, signal: AbortSignal) {
    this.url = url
    this.#world = world
    this.#signal = signal
  }

  async tell({ kind, payload, retry }: Envelope): Promise<Told> {
    const retryHeaders = retry && {
      'x-slack-retry-num': String(retry.number),
      'x-slack-retry-reason': retryReason(retry),
    }
    try {
      const response = await this.#post(kind, payload, retryHeaders ?? {})
      const text = await response.text()
      const noRetry = response.headers.get('x-slack-no-retry') === '1'
      if (!response.ok) return { outcome: 'http_error', via: 'http', noRetry }
      const answer = parsed(text)
      return { outcome: 'acknowledged', via: 'http', ...(answer && { answer }) }
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError'
      return { outcome: timedOut ? 'timeout' : 'connection_failed', via: 'http' }
    }
  }

  /** What Slack does when the address is set: true when it answers with the challenge. */
  async verify(): Promise<boolean> {
    const challenge = this.#world.ids.next('challenge')
    const payload = { token: this.#world.app.verificationToken, challenge, type: 'url_verification' }
    const response = await this.#post('events_api', payload, {})
    const text = await response.text()
    return response.ok && (text === challenge || parsed(text)?.['challenge'] === challenge)
  }

  async #post(kind: DeliveryKind, payload: Json, headers: Readonly<Record<string, string>>): Promise<Response> {
    const body = bodyOf(kind, payload)
    const { secret = this.#world.app.signingSecret, ageMs = 0 } = this.forgery
    const timestamp = Math.floor((this.#world.now() - ageMs) / 1_000)
    const late = new AbortController()
    afterOwnTime(this.#world.rules.ackMs, () => late.abort(new DOMException('no answer in time', 'TimeoutError')))
    return await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signature(secret, timestamp, body),
        ...headers,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([late.signal, this.#signal]),
    })
  }
}

function bodyOf(kind: DeliveryKind, payload: Json): string {
  if (kind === 'events_api') return JSON.stringify(payload)
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const fields = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)])
  return new URLSearchParams(fields).toString()
}

function retryReason({ reason }: Readonly<{ reason: string }>): string {
  return reason === 'timeout' ? 'http_timeout' : reason
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : undefined
  } catch {
    return text === '' ? undefined : { text }
  }
}
