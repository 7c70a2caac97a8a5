import { type Client, Collection } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { ClientScene } from '#adapters/discord/client-scene.ts'
import { aeries, crew, guild, mira, ownRole } from './a-message.ts'

const roles = new Collection([
  [crew, { id: crew, name: 'crew', tags: null }],
  ['7', { id: '7', name: 'Robot', tags: { botId: '8' } }],
  [ownRole, { id: ownRole, name: 'Aeries', tags: { botId: aeries } }],
])
const client = {
  guilds: { cache: new Collection([[guild, { roles: { cache: roles }, members: { cache: new Collection() } }]]) },
  users: { cache: new Collection([[mira.id, { displayName: 'Mira' }]]) },
  channels: { cache: new Collection() },
} as unknown as Client

describe('ClientScene', () => {
  const scene = new ClientScene(client, aeries, true)

  it('knows the role that Discord made for Aeries, among those of other bots', () => {
    expect(scene.ownRole(guild)).toBe(ownRole)
    expect(scene.ownRole('another')).toBeUndefined()
  })

  it('knows what roles and people are called, where it does', () => {
    expect(scene.roleName(guild, crew)).toBe('crew')
    expect(scene.roleName('another', crew)).toBeUndefined()
    expect(scene.nameOf(guild, mira.id)).toBe('Mira')
    expect(scene.nameOf(undefined, mira.id)).toBe('Mira')
    expect(scene.nameOf(guild, '9')).toBeUndefined()
  })

  it('knows nothing of a channel that it was not told of', () => {
    expect(scene.channel('9')).toBeUndefined()
  })
})
