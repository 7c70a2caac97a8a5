import { ApiError } from '#playground/discord-server/world/api-error.ts'
import { ControlServer } from '#playground/stand-in/control-server.ts'
import type { Feed } from '#playground/stand-in/feed.ts'
import type { Control } from './control.ts'
import { peopleCalls } from './people-calls.ts'
import { sceneCalls } from './scene-calls.ts'
import type { ServerEvent } from './server-event.ts'
import { weatherCalls } from './weather-calls.ts'

const calls = { ...sceneCalls, ...peopleCalls, ...weatherCalls }

export function createControlServer(control: Control, feed: Feed<ServerEvent>, signal: AbortSignal) {
  return new ControlServer({ control, calls, feed, inJson, refusal, signal })
}

/** Permissions are bigints in this world and decimal strings in JSON, as at Discord. */
function inJson(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

function refusal(error: unknown) {
  return error instanceof ApiError ? ([error.status, { error: error.message, code: error.code }] as const) : undefined
}
