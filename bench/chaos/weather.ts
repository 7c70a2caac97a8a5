import type { DiscordServer } from '#playground/discord-server/discord-server.ts'
import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import type { VllmServer } from '#playground/vllm-server/vllm-server.ts'

/** Bad weather of one kind for a while. */
export type Episode = Readonly<{ at: number; kind: string; forMs: number }>

export type Skies = Readonly<{ discord: DiscordServer; slack: SlackServer; vllm: VllmServer }>

/** Begins it; what comes back ends it. What happens at once and is over has no end. */
type Weather = (skies: Skies) => (() => void) | undefined

/** What the stand-in serves when nobody changes it. */
const usualModel = 'Qwen/Qwen3-8B'
const usualContext = 40_960

/** How a request takes longer than its client waits, in ms. */
const longMs = 20_000

const ofModel = {
  // Answers that break off in every way that a client notices. Records that come twice look like an answer that says
  // things twice: nobody could tell, so they are not played here.
  'answers break': breaking(['fin', 'rst', 'eofClean', 'doneWithoutFinish', 'htmlBody']),
  'answers end in error records': breaking(['errorRecord', 'errorNoDone']),
  'answers stall': breaking(['stall']),
  'answers carry rubbish': breaking(['badJson', 'emptyChoices']),
  'model is down': state({ door: 'refusing' }, { door: 'open' }),
  'model is silent': state({ door: 'silent' }, { door: 'open' }),
  'model is dead': state({ health: 'dead' }, { health: 'ok' }),
  'model hangs': state({ health: 'hang' }, { health: 'ok' }),
  'model is slow': state({ latency: { ttftMs: 1_500, itlMs: 40 } }, { latency: usualLatency() }),
  'model is another': state({ model: 'another/model' }, { model: usualModel }),
  'model has less context': state({ maxModelLen: 4_096 }, { maxModelLen: usualContext }),
  'model answers 500': refusing(500),
  'model answers 503': refusing(503),
  'model answers 429': refusing(429),
} satisfies Record<string, Weather>

const ofPlatforms = {
  'discord limits': onDiscord({ kind: 'rate-limit', retryAfterMs: 1_200, scope: 'shared', chance: 0.5 }),
  'discord limits globally': onDiscord({ kind: 'rate-limit', retryAfterMs: 800, scope: 'global', times: 2 }),
  'discord fails': onDiscord({ kind: 'error', status: 502, chance: 0.5 }),
  'discord writes and fails': onDiscord({ kind: 'error', status: 500, accepted: true, chance: 0.5 }),
  'discord resets': onDiscord({ kind: 'reset', chance: 0.5 }),
  'discord writes and resets': onDiscord({ kind: 'reset', accepted: true, chance: 0.5 }),
  'discord cuts its answers': onDiscord({ kind: 'cut', accepted: true, chance: 0.5 }),
  'discord hangs': onDiscord({ kind: 'hang', ms: longMs, chance: 0.3, times: 3 }),
  'discord writes and hangs': onDiscord({ kind: 'hang', ms: longMs, accepted: true, chance: 0.3, times: 3 }),
  'discord is slow': onDiscord({ kind: 'slow', ms: 900 }),
  'gateway drops': once(({ discord }) => discord.gateway.drop()),
  'gateway closes': once(({ discord }) => discord.gateway.drop(4000)),
  'gateway asks to reconnect': once(({ discord }) => discord.gateway.reconnect()),
  'gateway invalidates': once(({ discord }) => discord.gateway.invalidate(false)),
  'gateway suspends': once(({ discord }) => discord.gateway.invalidate(true)),
  'gateway forgets sessions': once(({ discord }) => {
    discord.gateway.loseSessions()
    discord.gateway.drop()
  }),
  'gateway goes dead': once(({ discord }) => discord.gateway.zombify()),
  'gateway lags': ({ discord }) => {
    discord.gateway.setMuted(true)
    return () => discord.gateway.setMuted(false)
  },
  'gateway refuses': ({ discord }) => {
    discord.gateway.setRefusing(true)
    discord.gateway.drop()
    return () => discord.gateway.setRefusing(false)
  },
  'slack limits': onSlack({ kind: 'rate-limit', retryAfterS: 1, chance: 0.5 }),
  'slack fails': onSlack({ kind: 'error', status: 503, chance: 0.5 }),
  'slack writes and fails': onSlack({ kind: 'error', status: 500, accepted: true, chance: 0.5 }),
  'slack has troubles': onSlack({ kind: 'refuse', error: 'internal_error', chance: 0.5 }),
  'slack writes and has troubles': onSlack({ kind: 'refuse', error: 'fatal_error', accepted: true, chance: 0.5 }),
  'slack resets': onSlack({ kind: 'reset', chance: 0.5 }),
  'slack writes and resets': onSlack({ kind: 'reset', accepted: true, chance: 0.5 }),
  'slack hangs': onSlack({ kind: 'hang', ms: longMs, chance: 0.3, times: 3 }),
  'slack writes and hangs': onSlack({ kind: 'hang', ms: longMs, accepted: true, chance: 0.3, times: 3 }),
  'slack is slow': onSlack({ kind: 'slow', ms: 900 }),
  'sockets refresh': once(({ slack }) => slack.sockets.disconnect('refresh_requested', 1_000)),
  'sockets refresh again and again': ({ slack }) => {
    const storm = setInterval(() => slack.sockets.disconnect('refresh_requested', 200), 400)
    return () => clearInterval(storm)
  },
  'sockets drop': once(({ slack }) => slack.sockets.drop()),
  'sockets go dead': ({ slack }) => {
    slack.sockets.mute(true)
    return () => slack.sockets.mute(false)
  },
  'mentions come first': ({ slack }) => {
    slack.rules.mentionFirst = true
    return () => {
      slack.rules.mentionFirst = false
    }
  },
} satisfies Record<string, Weather>

const all: Readonly<Record<string, Weather>> = { ...ofModel, ...ofPlatforms }

export const modelWeather: readonly string[] = Object.keys(ofModel)
export const platformWeather: readonly string[] = Object.keys(ofPlatforms)

export function beginWeather(kind: string, skies: Skies): (() => void) | undefined {
  return all[kind]?.(skies)
}

/** Fair weather everywhere, whatever was switched on. */
export async function clearWeather({ discord, slack, vllm }: Skies): Promise<void> {
  discord.faults.clear()
  discord.gateway.setMuted(false)
  discord.gateway.setRefusing(false)
  slack.faults.clear()
  slack.sockets.mute(false)
  slack.rules.mentionFirst = false
  const usual = { model: usualModel, maxModelLen: usualContext, latency: usualLatency() }
  await vllm.setState({ ...usual, health: 'ok', asleep: false, door: 'open', randomFaults: null })
}

/** A quick card: answers of a second or so, that a kill often meets in the middle. */
export function usualLatency() {
  return { ttftMs: { mean: 150, sd: 60 }, itlMs: { mean: 10, sd: 4 } }
}

type StatePatch = Parameters<VllmServer['setState']>[0]
type Kinds = NonNullable<StatePatch['randomFaults']>['kinds']

function breaking(kinds: Kinds): Weather {
  return state({ randomFaults: { rate: 0.6, kinds } }, { randomFaults: null })
}

function state(begin: StatePatch, end: StatePatch): Weather {
  return ({ vllm }) => {
    void vllm.setState(begin)
    return () => void vllm.setState(end)
  }
}

/** The next few requests, if they come while it lasts or after it. */
function refusing(status: number): Weather {
  return once(({ vllm }) => vllm.script({ times: 4, http: { status } }))
}

function once(strike: (skies: Skies) => void): Weather {
  return skies => {
    strike(skies)
    return undefined
  }
}

function onDiscord(fault: Parameters<DiscordServer['faults']['add']>[0]): Weather {
  return ({ discord }) => {
    const id = discord.faults.add(fault)
    return () => discord.faults.remove(id)
  }
}

function onSlack(fault: Parameters<SlackServer['faults']['add']>[0]): Weather {
  return ({ slack }) => {
    const id = slack.faults.add(fault)
    return () => slack.faults.remove(id)
  }
}
