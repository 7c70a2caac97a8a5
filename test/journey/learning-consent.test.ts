import { expect, it } from 'vitest'
import type { House } from '#test/support/build-house.ts'
import { openHouse, openWorld, type World } from '#test/support/open-house.ts'

it('asks under the first answer in a DM whether it may learn, and learns nothing before the yes', async () => {
  await using world = await openWorld({ writes: { limit: 1_000, windowMs: 1_000 } })
  await using house = await openHouse(world, { learning: { mode: 'ask' } })
  const { people } = world.discord
  await say(world, house, 'Please call me Mo.')
  const [answer] = people.messages('dm:mira').filter(({ authorId }) => authorId === world.discord.botId)
  expect(answer?.content).toMatch(/\n-# Aeries is an AI\. May it learn how you like to be talked to\? /)
  expect(
    answer?.components.flatMap(row => (row['components'] as { label: string }[]).map(({ label }) => label)),
  ).toEqual(['Yes, learn', 'No', 'Feedback'])
  await say(world, house, 'Hello again')
  people.click('mira', answer?.id ?? '', 'Yes, learn')
  await expect.poll(() => people.messages('dm:mira', 'mira').at(-1)?.content).toMatch(/^I learn how you like/)
  expect(await known(house)).toBe(0)

  await say(world, house, 'And call me Mo.')
  await expect.poll(() => known(house)).toBeGreaterThan(0)
  await say(world, house, 'Hello?')
  expect(lastPrompt(world)).toContain('Call them')
  people.say('mira', 'dm', 'aeries learning off')
  await expect.poll(() => people.messages('dm:mira').at(-1)?.content).toMatch(/^I do not learn from you/)
  await say(world, house, 'Hello once more')
  expect(lastPrompt(world)).not.toContain('Call them')
  const asked = world.vllm.calls.filter(({ body }) => 'response_format' in body)
  expect(JSON.stringify(asked.map(({ body }) => body['messages']))).not.toContain('Please call me Mo.')
})

async function say({ discord }: World, house: House, text: string): Promise<void> {
  const count = house.turns.length + 1
  discord.people.say('mira', 'dm', text)
  await house.closed(count)
}

async function known({ store, turns }: House): Promise<number> {
  const person = turns[0]?.turn.asker.id
  if (person === undefined) return 0
  const workspaces = await store.learning.workspaces(person)
  const all = await Promise.all(workspaces.map(workspace => store.learning.known(person, workspace, new Date())))
  return all.flatMap(({ traits }) => traits).length
}

function lastPrompt({ vllm }: World): string {
  return JSON.stringify(vllm.calls.findLast(({ body }) => !('response_format' in body))?.body)
}
