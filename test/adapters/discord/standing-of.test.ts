import { Collection, type Guild, type GuildBasedChannel, PermissionFlagsBits, PermissionsBitField } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { standingOf } from '#adapters/discord/standing-of.ts'
import { guild as everyone, mira, tom } from './a-message.ts'

const { Administrator, ManageGuild, ManageMessages, SendMessages } = PermissionFlagsBits
const [runners, keepers, quiet] = ['11', '12', '13']

type Rule = Readonly<{ of: string; allow?: bigint; deny?: bigint }>

function aGuild(permissions: Readonly<Record<string, bigint>> = {}): Guild {
  const given = { [everyone]: SendMessages, ...permissions }
  const roles = Object.entries(given).map(
    ([id, bits]) => [id, { id, permissions: new PermissionsBitField(bits) }] as const,
  )
  return { id: everyone, ownerId: tom.id, roles: { cache: new Collection(roles) } } as unknown as Guild
}

function aChannel(...rules: readonly Rule[]): GuildBasedChannel {
  const cache = rules.map(({ of, allow = 0n, deny = 0n }) => {
    return [of, { id: of, allow: new PermissionsBitField(allow), deny: new PermissionsBitField(deny) }] as const
  })
  return {
    isThread: () => false,
    permissionOverwrites: { cache: new Collection(cache) },
  } as unknown as GuildBasedChannel
}

function aThreadOf(parent: GuildBasedChannel): GuildBasedChannel {
  return { isThread: () => true, parent } as unknown as GuildBasedChannel
}

const withRoles = (...roles: readonly string[]) => ({ account: mira.id, roles })

describe('standingOf', () => {
  it.each([
    ['who has no role', aGuild(), undefined, withRoles(), undefined],
    [
      'who has a role that allows nothing of it',
      aGuild({ [quiet]: SendMessages }),
      undefined,
      withRoles(quiet),
      undefined,
    ],
    ['whose role is unknown', aGuild(), undefined, withRoles('99'), undefined],
    ['who owns the server', aGuild(), undefined, { account: tom.id, roles: [] }, 'admin'],
    ['who manages the server', aGuild({ [runners]: ManageGuild }), undefined, withRoles(quiet, runners), 'admin'],
    ['who may do everything', aGuild({ [runners]: Administrator }), undefined, withRoles(runners), 'admin'],
    ['who keeps order everywhere', aGuild({ [keepers]: ManageMessages }), undefined, withRoles(keepers), 'moderator'],
    [
      'in a channel where all keep order',
      aGuild(),
      aChannel({ of: everyone, allow: ManageMessages }),
      withRoles(),
      'moderator',
    ],
    [
      'who keeps order elsewhere',
      aGuild({ [keepers]: ManageMessages }),
      aChannel({ of: keepers, deny: ManageMessages }),
      withRoles(keepers),
      undefined,
    ],
    [
      'to whom one role allows what another takes away',
      aGuild(),
      aChannel({ of: keepers, deny: ManageMessages }, { of: quiet, allow: ManageMessages }),
      withRoles(quiet, keepers),
      'moderator',
    ],
    [
      'who alone may keep order here',
      aGuild(),
      aChannel({ of: everyone, deny: ManageMessages }, { of: mira.id, allow: ManageMessages }),
      withRoles(),
      'moderator',
    ],
    [
      'in a thread of such a channel',
      aGuild(),
      aThreadOf(aChannel({ of: mira.id, allow: ManageMessages })),
      withRoles(),
      'moderator',
    ],
  ])('tells somebody %s', (_, guild, channel, member, standing) => {
    expect(standingOf(guild, channel, member)).toBe(standing)
  })

  it('leaves what the server keeps of its roles as it is', () => {
    const guild = aGuild()
    standingOf(guild, aChannel({ of: everyone, allow: ManageMessages }), withRoles())
    expect(guild.roles.cache.get(everyone)?.permissions.has(ManageMessages)).toBe(false)
  })
})
