import { expect, it } from 'vitest'
import { aWorld, type World } from './a-world.ts'

const pirate = { name: 'Pirate', voice: 'You are a pirate.', about: 'Arr.' }

/** As whom the next question there is answered. */
async function voiceIn({ client, house, vllm }: World, talk: string): Promise<string | undefined> {
  const count = house.turns.length + 1
  await using stream = await client.chat(talk, 'Who are you?')
  await stream.until(({ isDone }) => isDone)
  await house.closed(count)
  return /You are [^.]+\./.exec(JSON.stringify(vllm.calls.at(-1)?.body))?.[0]
}

it('speaks in a conversation as whom its person chose there, and nowhere else, until they take it back', async () => {
  await using world = await aWorld({ personas: [pirate] })
  const { client, store, house } = world
  expect((await client.ask('GET', '/api/personas')).json).toEqual({
    personas: [
      { name: 'Aeries', about: null },
      { name: 'Pirate', about: 'Arr.' },
    ],
  })
  const [talk, other] = [await client.begin(), await client.begin()]
  const choose = (persona: string | null) => client.ask('PATCH', `/api/conversations/${talk}`, { persona })
  const chosen = async () => (await client.ask('GET', `/api/conversations/${talk}`)).json['persona']
  expect([await voiceIn(world, talk), await chosen()]).toEqual(['You are Aeries.', null])
  expect((await choose('Pirate')).json).toMatchObject({ id: talk, persona: 'Pirate' })
  expect([await voiceIn(world, talk), await chosen()]).toEqual(['You are a pirate.', 'Pirate'])
  expect(await voiceIn(world, other)).toBe('You are Aeries.')
  expect((await choose('Captain')).status).toBe(400)
  expect(await chosen()).toBe('Pirate')
  // What was said as whom stands in the record of it.
  expect(house.turns.map(({ reply }) => reply.persona)).toEqual(['Aeries', 'Pirate', 'Aeries'])
  await choose(null)
  expect([await voiceIn(world, talk), await chosen()]).toEqual(['You are Aeries.', null])
  await choose('Pirate')
  await client.ask('DELETE', `/api/conversations/${talk}`)
  const person = house.turns[0]?.turn.asker.id
  expect(person && (await store.preferences.of(person))).toEqual([])
})
