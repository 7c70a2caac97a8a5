import { z } from 'zod'
import { type ControlCall, controlCall } from '#playground/stand-in/control-call.ts'
import type { Control } from './control.ts'

const names = z.array(z.string())
const text = z.string()
const team = text.optional()
const by = text.optional()
const channel = z.object({
  name: text,
  team,
  isPrivate: z.boolean().optional(),
  members: names,
  sharedWith: names.optional(),
})
const newPerson = z.object({
  name: text,
  team,
  displayName: text.optional(),
  admin: z.boolean().optional(),
  active: z.boolean().optional(),
  bot: z.boolean().optional(),
})

/** Building and rebuilding the world, by name. */
export const sceneCalls: Readonly<Record<string, ControlCall<Control>>> = {
  world: controlCall(z.object({}), ({ scene }) => scene.snapshot()),
  record: controlCall(z.object({}), ({ scene }) => scene.record()),
  createTeam: controlCall(
    z.object({ name: text, installed: z.boolean().optional(), scopes: names.optional() }),
    ({ scene }, args) => scene.createTeam(args),
  ),
  createPerson: controlCall(newPerson, ({ scene }, args) => scene.createPerson(args)),
  createChannel: controlCall(channel, ({ scene }, args) => scene.createChannel(args)),
  createGroup: controlCall(z.object({ handle: text, members: names, team }), ({ scene }, args) =>
    scene.createGroup(args.handle, args.members, args.team),
  ),
  openDm: controlCall(z.object({ people: names }), ({ scene }, { people }) => scene.openDm(...people)),
  invite: controlCall(z.object({ place: text, person: text, by }), ({ scene }, args) =>
    scene.invite(args.place, args.person, args.by),
  ),
  remove: controlCall(z.object({ place: text, person: text, by }), ({ scene }, args) =>
    scene.remove(args.place, args.person, args.by),
  ),
  setArchived: controlCall(z.object({ place: text, archived: z.boolean(), by }), ({ scene }, args) =>
    scene.setArchived(args.place, args.archived, args.by),
  ),
  deleteChannel: controlCall(z.object({ place: text }), ({ scene }, { place }) => scene.deleteChannel(place)),
  share: controlCall(z.object({ place: text, team: text }), ({ scene }, args) => scene.share(args.place, args.team)),
  unshare: controlCall(z.object({ place: text, team: text }), ({ scene }, args) =>
    scene.unshare(args.place, args.team),
  ),
  setMessagesTab: controlCall(z.object({ person: text, open: z.boolean() }), ({ scene }, args) =>
    scene.setMessagesTab(args.person, args.open),
  ),
  setActive: controlCall(z.object({ person: text, active: z.boolean() }), ({ scene }, args) =>
    scene.setActive(args.person, args.active),
  ),
  install: controlCall(z.object({ team: text, by }), ({ scene }, args) => scene.install(args.team, args.by)),
  uninstall: controlCall(z.object({ team: text }), ({ scene }, args) => scene.uninstall(args.team)),
  revoke: controlCall(z.object({ team: text }), ({ scene }, args) => scene.revoke(args.team)),
  setScopes: controlCall(z.object({ team: text, scopes: names }), ({ scene }, args) =>
    scene.setScopes(args.team, args.scopes),
  ),
}
