import { z } from 'zod'
import { type PermissionName, permission } from '#playground/discord-server/world/permissions.ts'
import { type ControlCall, controlCall } from '#playground/stand-in/control-call.ts'
import type { Control } from './control.ts'

const names = z.array(z.string())
const guild = z.string().optional()
const permissions = z.array(z.custom<PermissionName>(value => typeof value === 'string' && value in permission))

/** Building and rebuilding the world, by name. */
export const sceneCalls: Readonly<Record<string, ControlCall<Control>>> = {
  world: controlCall(z.object({}), ({ scene }) => scene.snapshot()),
  record: controlCall(z.object({}), ({ scene }) => scene.record()),
  createPerson: controlCall(
    z.object({ name: z.string(), displayName: z.string().optional(), bot: z.boolean().optional() }),
    ({ scene }, args) => scene.createPerson(args),
  ),
  setAcceptsDms: controlCall(z.object({ person: z.string(), acceptsDms: z.boolean() }), ({ scene }, args) =>
    scene.setAcceptsDms(args.person, args.acceptsDms),
  ),
  createGuild: controlCall(z.object({ name: z.string(), members: names }), ({ scene }, args) =>
    scene.createGuild(args.name, args.members),
  ),
  createRole: controlCall(
    z.object({ name: z.string(), guild, permissions: permissions.optional(), mentionable: z.boolean().optional() }),
    ({ scene }, args) => scene.createRole(args),
  ),
  setPermissions: controlCall(z.object({ role: z.string(), permissions, guild }), ({ scene }, args) =>
    scene.setPermissions(args.role, args.permissions, args.guild),
  ),
  setRoles: controlCall(z.object({ person: z.string(), roles: names, guild }), ({ scene }, args) =>
    scene.setRoles(args.person, args.roles, args.guild),
  ),
  leaveGuild: controlCall(z.object({ person: z.string(), guild }), ({ scene }, args) =>
    scene.leaveGuild(args.person, args.guild),
  ),
  inviteBot: controlCall(z.object({ guild }), ({ scene }, args) => scene.inviteBot(args.guild)),
  setAvailable: controlCall(z.object({ available: z.boolean(), guild }), ({ scene }, args) =>
    scene.setAvailable(args.available, args.guild),
  ),
  createChannel: controlCall(z.object({ name: z.string(), guild, visibleTo: names.optional() }), ({ places }, args) =>
    places.createChannel(args),
  ),
  openDm: controlCall(z.object({ person: z.string() }), ({ places }, args) => places.openDm(args.person)),
  setVisibility: controlCall(z.object({ place: z.string(), visibleTo: names.optional() }), ({ places }, args) =>
    places.setVisibility(args.place, args.visibleTo),
  ),
  deny: controlCall(z.object({ place: z.string(), who: z.string(), permissions }), ({ places }, args) =>
    places.deny(args.place, args.who, args.permissions),
  ),
  createThread: controlCall(
    z.object({
      place: z.string(),
      name: z.string(),
      by: z.string(),
      message: z.string().optional(),
      isPrivate: z.boolean().optional(),
    }),
    ({ places }, { place, ...plan }) => places.createThread(place, plan),
  ),
  changeThread: controlCall(
    z.object({
      place: z.string(),
      archived: z.boolean().exactOptional(),
      locked: z.boolean().exactOptional(),
      name: z.string().exactOptional(),
    }),
    ({ places }, { place, ...change }) => places.changeThread(place, change),
  ),
  deleteChannel: controlCall(z.object({ place: z.string() }), ({ places }, args) => places.deleteChannel(args.place)),
}
