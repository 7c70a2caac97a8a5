import { z } from 'zod'
import type { Fault } from '#playground/discord-server/rest/faults.ts'
import type { Rules } from '#playground/discord-server/world/rules.ts'
import { type ControlCall, controlCall } from '#playground/stand-in/control-call.ts'
import type { Control } from './control.ts'

const aim = {
  method: z.string().optional(),
  route: z.string().optional(),
  channelId: z.string().optional(),
  times: z.int().positive().optional(),
  chance: z.number().min(0).max(1).optional(),
}
const accepted = z.boolean().optional()

const fault: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.object({
    ...aim,
    kind: z.literal('rate-limit'),
    retryAfterMs: z.number(),
    scope: z.enum(['user', 'shared', 'global']).optional(),
  }),
  z.object({
    ...aim,
    kind: z.literal('error'),
    status: z.int(),
    code: z.int().optional(),
    message: z.string().optional(),
    accepted,
  }),
  z.object({ ...aim, kind: z.enum(['reset', 'cut']), accepted }),
  z.object({ ...aim, kind: z.literal('hang'), ms: z.number().optional(), accepted }),
  z.object({ ...aim, kind: z.literal('slow'), ms: z.number(), accepted }),
])

const limit = z.object({ limit: z.int(), windowMs: z.number() })

/** Those rules that somebody outside of the process may want to turn. */
const rules = z
  .object({
    countBy: z.enum(['utf-16', 'code-points']),
    writes: limit,
    writesCountTogether: z.boolean(),
    interactionWrites: limit,
    others: limit,
    globalPerSecond: z.int(),
    nonceMemoryMs: z.number(),
    heartbeatIntervalMs: z.number(),
    resumeWindowMs: z.number(),
    identifyWindowMs: z.number(),
  } satisfies Partial<Record<keyof Rules, z.ZodType>>)
  .partial()
const nothing = z.object({})
const onOff = z.object({ on: z.boolean() })
const intents = z.object({ messageContent: z.boolean(), guildMembers: z.boolean(), presences: z.boolean() }).partial()

/** Weather, the state of the gateway, the rules, and what was recorded, by name. */
export const weatherCalls: Readonly<Record<string, ControlCall<Control>>> = {
  addFault: controlCall(fault, ({ faults }, one) => ({ id: faults.add(one) })),
  removeFault: controlCall(z.object({ id: z.int() }), ({ faults }, { id }) => faults.remove(id)),
  clearFaults: controlCall(nothing, ({ faults }) => faults.clear()),
  listFaults: controlCall(nothing, ({ faults }) => faults.list()),
  drop: controlCall(z.object({ code: z.int().optional() }), ({ gateway }, { code }) => gateway.drop(code)),
  reconnect: controlCall(nothing, ({ gateway }) => gateway.reconnect()),
  invalidate: controlCall(z.object({ resumable: z.boolean() }), ({ gateway }, one) =>
    gateway.invalidate(one.resumable),
  ),
  loseSessions: controlCall(nothing, ({ gateway }) => gateway.loseSessions()),
  zombify: controlCall(nothing, ({ gateway }) => gateway.zombify()),
  dispatch: controlCall(
    z.object({ name: z.string(), payload: z.record(z.string(), z.unknown()) }),
    ({ gateway }, { name, payload }) => gateway.dispatch(name, payload),
  ),
  setMuted: controlCall(onOff, ({ gateway }, { on }) => gateway.setMuted(on)),
  setRefusing: controlCall(onOff, ({ gateway }, { on }) => gateway.setRefusing(on)),
  resetToken: controlCall(z.object({ token: z.string() }), ({ gateway }, { token }) => gateway.resetToken(token)),
  gateway: controlCall(nothing, ({ gateway }) => gateway.counts),
  rules: controlCall(nothing, ({ world }) => world.rules),
  setRules: controlCall(rules, ({ world }, changed) => Object.assign(world.rules, changed)),
  setIntents: controlCall(intents, ({ world }, changed) => void Object.assign(world.application, changed)),
  forgetNonces: controlCall(nothing, ({ world }) => world.messages.forgetNonces()),
  log: controlCall(nothing, ({ log }) => log),
  unknownCalls: controlCall(nothing, ({ unknownCalls }) => unknownCalls),
}
