import { type Guild, type GuildBasedChannel, PermissionFlagsBits, PermissionsBitField } from 'discord.js'
import type { Standing } from '#src/core/person.ts'
import type { Member } from './scene.ts'

/**
 * What a member may do in a channel. Computed from the roles that came with the event, as Discord does it
 * (https://docs.discord.com/developers/topics/permissions#permission-hierarchy): members are not kept, so discord.js knows none.
 */
export function standingOf(guild: Guild, channel: GuildBasedChannel | undefined, member: Member): Standing | undefined {
  if (guild.ownerId === member.account) return 'admin'
  const base = new PermissionsBitField(rolesOf(guild, member).map(id => guild.roles.cache.get(id)?.permissions ?? 0n))
  if (base.any([PermissionFlagsBits.Administrator, PermissionFlagsBits.ManageGuild])) return 'admin'
  return mayHere(base, guild, channel, member).has(PermissionFlagsBits.ManageMessages) ? 'moderator' : undefined
}

/** A channel says for all, then for roles (what one of them allows, none takes away), then for one member what differs there. */
function mayHere(
  base: PermissionsBitField,
  guild: Guild,
  channel: GuildBasedChannel | undefined,
  member: Member,
): PermissionsBitField {
  const ruling = channel?.isThread() ? channel.parent : channel
  if (ruling == null || !('permissionOverwrites' in ruling)) return base
  const said = ruling.permissionOverwrites.cache
  const layers = [[guild.id], member.roles, [member.account]]
  return layers.reduce((may, ids) => {
    const here = ids.flatMap(id => said.get(id) ?? [])
    return may.remove(here.map(({ deny }) => deny)).add(here.map(({ allow }) => allow))
  }, new PermissionsBitField(base))
}

/** Everybody has the role that bears the server's id. */
function rolesOf(guild: Guild, { roles }: Member): readonly string[] {
  return [guild.id, ...roles]
}
