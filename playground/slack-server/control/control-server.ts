import { Refusal } from '#playground/slack-server/world/refusal.ts'
import { ControlServer } from '#playground/stand-in/control-server.ts'
import type { Feed } from '#playground/stand-in/feed.ts'
import type { Control } from './control.ts'
import { peopleCalls } from './people-calls.ts'
import { sceneCalls } from './scene-calls.ts'
import type { ServerEvent } from './server-event.ts'
import { weatherCalls } from './weather-calls.ts'

const calls = { ...sceneCalls, ...peopleCalls, ...weatherCalls }

export function createControlServer(control: Control, feed: Feed<ServerEvent>, signal: AbortSignal) {
  return new ControlServer({ control, calls, feed, inJson, inEvent, refusal, signal })
}

/** A file's bytes stay out: whoever wants them fetches the file. */
function inJson(key: string, value: unknown): unknown {
  return key === 'content' && typeof value === 'object' ? undefined : value
}

/** Of a film strip only the end goes out: with the whole of it in each event a long answer would weigh as the square of its length. */
function inEvent(key: string, value: unknown): unknown {
  return key === 'versions' && Array.isArray(value) ? value.slice(-1) : inJson(key, value)
}

function refusal(error: unknown) {
  return error instanceof Refusal ? ([400, { error: error.error }] as const) : undefined
}
