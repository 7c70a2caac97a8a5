import { z } from 'zod'
import type { Fault } from '#playground/slack-server/web-api/faults.ts'
import type { Rules } from '#playground/slack-server/world/rules.ts'
import { type ControlCall, controlCall } from '#playground/stand-in/control-call.ts'
import type { Control } from './control.ts'
import { findTeam } from './names.ts'

const aim = {
  method: z.string().optional(),
  teamId: z.string().optional(),
  channelId: z.string().optional(),
  times: z.int().positive().optional(),
  chance: z.number().min(0).max(1).optional(),
}
const accepted = z.boolean().optional()

const fault: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.object({ ...aim, kind: z.literal('rate-limit'), retryAfterS: z.int().positive() }),
  z.object({ ...aim, kind: z.literal('error'), status: z.int().min(400).max(599), accepted }),
  z.object({ ...aim, kind: z.literal('refuse'), error: z.string(), accepted }),
  z.object({ ...aim, kind: z.literal('reset'), accepted }),
  z.object({ ...aim, kind: z.literal('hang'), ms: z.number().optional(), accepted }),
  z.object({ ...aim, kind: z.literal('slow'), ms: z.number(), accepted }),
])

/** Those rules that somebody outside of the process may want to turn. */
const rules = z
  .object({
    limitsOn: z.boolean(),
    burst: z.int(),
    windowMs: z.number(),
    methodLimits: z.record(z.string(), z.int()),
    posts: z.object({ everyMs: z.number(), burst: z.int() }),
    reads: z.enum(['tier-3', 'one-a-minute']),
    limitAnswer: z.enum(['429', 'ratelimited', 'rate_limited']),
    editWindowMs: z.number(),
    ackMs: z.number(),
    retryDelaysMs: z.array(z.number()),
    eventsPerHour: z.int(),
    mentionFirst: z.boolean(),
  } satisfies Partial<Record<keyof Rules, z.ZodType>>)
  .partial()
const stream = z.object({ idleMs: z.number(), lifeMs: z.number(), charLimit: z.int() }).partial()
const nothing = z.object({})
const onOff = z.object({ on: z.boolean() })
const goodbye = z.object({
  reason: z.enum(['warning', 'refresh_requested', 'link_disabled']).default('refresh_requested'),
  closeAfterMs: z.number().optional(),
  socket: z.string().optional(),
})

/** Weather, the app's sockets, the rules, and what was recorded, by name. */
export const weatherCalls: Readonly<Record<string, ControlCall<Control>>> = {
  addFault: controlCall(fault, ({ faults }, one) => ({ id: faults.add(one) })),
  removeFault: controlCall(z.object({ id: z.int() }), ({ faults }, { id }) => faults.remove(id)),
  clearFaults: controlCall(nothing, ({ faults }) => faults.clear()),
  listFaults: controlCall(nothing, ({ faults }) => faults.list()),
  disconnect: controlCall(goodbye, ({ sockets }, { reason, closeAfterMs, socket }) =>
    sockets.disconnect(reason, closeAfterMs, socket),
  ),
  storm: controlCall(z.object({ times: z.int(), everyMs: z.number() }), ({ delivering }, args, signal) =>
    delivering.storm(args, signal),
  ),
  drop: controlCall(nothing, ({ sockets }) => sockets.drop()),
  setMuted: controlCall(onOff, ({ sockets }, { on }) => sockets.mute(on)),
  setHelloDelay: controlCall(z.object({ ms: z.number() }), ({ sockets }, { ms }) => {
    sockets.helloDelayMs = ms
  }),
  sockets: controlCall(nothing, ({ sockets }) =>
    sockets.open.map(({ name, state, muted }) => ({ name, state, muted })),
  ),
  useHttp: controlCall(z.object({ url: z.url() }), ({ delivering }, { url }) => delivering.useHttp(url)),
  useSockets: controlCall(nothing, ({ delivering }) => delivering.useSockets()),
  tellRateLimited: controlCall(z.object({ team: z.string().optional() }), ({ world, deliveries }, { team }) =>
    deliveries.tellRateLimited(findTeam(world, team).id),
  ),
  repeat: controlCall(z.object({ id: z.string() }), ({ deliveries }, { id }) => {
    const known = deliveries.all().find(one => one.id === id)
    if (!known) throw new Error(`There is no delivery "${id}"`)
    return deliveries.repeat(known)
  }),
  expireStream: controlCall(z.object({ channelId: z.string(), ts: z.string() }), ({ world, streams }, args) => {
    const message = world.messages.find(args.channelId, args.ts)
    if (!message) throw new Error(`There is no message "${args.ts}"`)
    return streams.expire(message)
  }),
  resetLimits: controlCall(nothing, ({ limits }) => limits.reset()),
  rules: controlCall(nothing, ({ world }) => world.rules),
  setRules: controlCall(rules.extend({ stream: stream.optional() }), ({ world }, { stream: changed, ...rest }) => {
    Object.assign(world.rules, rest)
    Object.assign(world.rules.stream, changed)
  }),
  log: controlCall(nothing, ({ log }) => log),
  leaks: controlCall(nothing, ({ log }) => log.filter(one => one.leak)),
  deliveries: controlCall(nothing, ({ deliveries }) => deliveries.all()),
}
