import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { nativeMessageId } from '#src/core/ids.ts'
import type { ReplySurface, Write } from '#src/core/surface.ts'
import { swiftClock } from '#test/journey/swift-clock.ts'
import { anOpenHouse, type House, type HouseOptions, never } from './slack-house.ts'
import { aWrite, heard, messageOf, pings, said } from './writing.ts'

/** Slack's limits are off, and our own last so much shorter. */
const speed = 1_000
const swift = { clock: swiftClock(speed), timing: { helloMs: speed * 10_000 } }

const ways: readonly (readonly [string, NonNullable<HouseOptions['parts']>])[] = [
  ['posts and updates', {}],
  ['updates in threads', { dmStyle: 'threads', nativeStream: 'off' }],
  ['streams', { dmStyle: 'threads', nativeStream: 'all' }],
]

describe('every form of a mention calls nobody', () => {
  it.each(ways)('in words, notes, notices, buttons, private answers and names of files: %s', async (_, way) => {
    await using house = await anOpenHouse({ rules: { limitsOn: false }, parts: { ...swift, ...way } })
    for (const place of ['dm:mira', '#general']) {
      for (const [at, form] of formsIn(house).entries()) {
        const { surface } = await heard(house, place, `@Aeries ${at}`)
        const key = `${place}${at}`
        const notice = at % 5 === 0 ? ({ notice: true } as const) : {}
        const { message } = await insist(surface, aWrite({ key, text: `${form} is`, ...notice }))
        await insist(surface, aWrite({ key, phase: 'interim', text: `${form} is what ${form}`, message }))
        // Every other stream finds no room for its end, so that its note is appended.
        const full = { kind: 'rate-limit', retryAfterS: 1, method: 'chat.stopStream', times: 1 } as const
        const fault = at % 2 === 0 ? house.server.faults.add(full) : 0
        const text = `${form} is what ${form} was ${form}`
        const below = { note: `As ${form} says`, buttons: [{ action: form, label: form }] }
        await insist(surface, aWrite({ key, phase: 'final', text, ...below, message }))
        house.server.faults.remove(fault)
        await surface.attach({ name: `${form}.md`, content: form }, `${key}rest`, never)
        await expect.poll(() => kindsUnder(house, place, message), { interval: 5 }).toContain('actions')
        await house.server.interactions.click('mira', place, nativeMessageId(message), form)
        await (await house.inbox.next('control')).respond(`You said ${form}`, never)
      }
    }
    expect(said(house, '#general').length).toBeGreaterThan(40)
    expect(pings(house)).toEqual([])
  })
})

function kindsUnder({ server }: House, place: string, message: Parameters<typeof messageOf>[2]) {
  return messageOf(server, place, message).blocks.map(({ type }) => type)
}

/** Waits for a place in our own limits, too. */
async function insist(surface: ReplySurface, write: Write) {
  for (;;) {
    const outcome = await surface.write(write, never)
    if (outcome.outcome === 'written') return outcome
    if (outcome.outcome !== 'rate-limited') throw new Error('the write was refused', { cause: outcome.cause })
    await sleep(outcome.retryAfterMs / speed)
  }
}

function formsIn({ harbour, server }: House): readonly string[] {
  const group = server.scene.createGroup('helpers', ['mira', 'jonas']).id
  const { mira, general } = harbour
  return [
    ...['<!channel>', '<!here|here>', '<!everyone>', '<!group>', `<!subteam^${group}>`, `<!subteam^${group}|@helpers>`],
    ...[
      `<@${mira}>`,
      `<@${mira}|Mira>`,
      `<#${general}|general>`,
      '@channel',
      '@here',
      '@everyone',
      '@mira',
      '@helpers',
    ],
    ...['`<!channel>`', '[x](<!here>)', '<<!here>>', '&lt;!channel&gt;', '<https://a.example|<!channel>>'],
    ...['<!channel', '\\<!channel>', `<!date^1^{date}|<@${mira}>>`, '<\u200B!channel>', '＜!channel＞'],
  ]
}
