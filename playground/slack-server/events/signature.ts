import { createHmac } from 'node:crypto'

/** Slack's v0 signature of a request's raw body; `timestamp` is in whole seconds. */
export function signature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}
