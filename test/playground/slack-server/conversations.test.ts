import { describe, expect, it } from 'vitest'
import { aHarbour, aWebClient } from './a-bolt-app.ts'

describe('what the app is in', () => {
  it('is listed kind by kind, page by page, each kind with its own scope', async () => {
    await using server = await aHarbour()
    const client = aWebClient(server)
    const { id: dm } = server.scene.openDm('mira')
    const { id: group } = server.scene.openDm('mira', 'jonas')
    server.scene.createChannel({ name: 'without', members: ['mira'] })
    const listed = async (types: string) => {
      const { channels = [] } = await client.users.conversations({ types })
      return channels.map(({ id, name }) => name ?? id)
    }
    expect(await listed('im')).toEqual([dm])
    expect((await client.users.conversations({ types: 'mpim' })).channels?.map(({ id }) => id)).toEqual([group])
    expect(await listed('public_channel,private_channel')).toEqual(['general', 'random', 'crew', 'port-authority'])
    const first = await client.users.conversations({ types: 'public_channel', limit: 1 })
    const cursor = first.response_metadata?.next_cursor ?? ''
    expect((await client.users.conversations({ types: 'public_channel', limit: 1, cursor })).channels?.[0]?.name).toBe(
      'random',
    )
    server.scene.setScopes('Harbour', ['channels:read', 'groups:read', 'mpim:read'])
    await expect(listed('im')).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'im:read' } })
    expect(await listed('mpim')).toHaveLength(1)
  })
})

describe('an edit', () => {
  it('leaves a mention a mention, and takes for none what only looks like one', async () => {
    await using server = await aHarbour()
    const { text, ts } = server.people.say('mira', '#general', '@Jonas hello')
    expect(text).toMatch(/^<@\w+> hello$/)
    expect(server.people.edit('mira', '#general', ts, `${text} again`).text).toBe(`${text} again`)
    expect(server.people.edit('mira', '#general', ts, '<@U000000000> hello').text).toBe('&lt;@U000000000&gt; hello')
  })
})

describe('the ids of a world', () => {
  it('never repeat', async () => {
    await using server = await aHarbour()
    const ids = Array.from({ length: 2_000 }, () => server.world.ids.next('U'))
    expect(new Set(ids).size).toBe(2_000)
  })
})
