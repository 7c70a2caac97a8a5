import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { aHouse } from './a-house.ts'
import { findFaults } from './find-faults.ts'

const folder = mkdtempSync(join(tmpdir(), 'aeries-voices-'))
writeFileSync(join(folder, 'aeries.md'), 'You are Aeries, a friend.')
writeFileSync(join(folder, 'captain.md'), '---\nname: Captain\nabout: At sea.\n---\nYou are Captain, an old sailor.')
afterAll(() => rmSync(folder, { recursive: true }))

const house = aHouse({ pace: 'h100-8b', environment: { PERSONA_PATH: join(folder, 'aeries.md') } })

test('whoever chooses a voice is answered in it in that conversation, and in no other', async () => {
  const me = await house.chat()
  const voice = me.page.getByRole('combobox', { name: 'Voice' })
  await voice.selectOption('Captain')
  expect(await findFaults(me.page)).toEqual([])
  await me.say('Who are you?')
  await me.whole('stand-in for Captain')
  expect(await voice.inputValue()).toBe('Captain')
  await me.begin()
  expect(await voice.inputValue()).toBe('Aeries')
  await me.say('And who are you?')
  await me.whole('stand-in for Aeries')
  await me.list.getByRole('button', { name: 'Who are you?', exact: true }).click()
  await me.whole('stand-in for Captain')
  await me.page.reload()
  await me.whole('stand-in for Captain')
  await expect.poll(() => voice.inputValue()).toBe('Captain')
  const chosen = me.page.waitForResponse(one => one.request().method() === 'PATCH')
  await voice.selectOption('Aeries')
  expect((await chosen).status()).toBe(200)
  await me.say('Tell me again: who are you?')
  await me.whole('stand-in for Aeries')
})
