import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { logDestination } from '#src/log-destination.ts'
import { createLogger } from '#src/logger.ts'

async function logged(isTTY: boolean): Promise<string | undefined> {
  let said = ''
  const write = (text: string) => {
    said += text
    return true
  }
  const destination = await logDestination({ isTTY, write: write as NodeJS.WriteStream['write'] })
  if (destination === undefined) return undefined
  const log = createLogger({ level: 'info', withContent: false }, destination).child({ part: 'engine' })
  log.info({ ms: 7, text: 'xylophone' }, 'reply written')
  return said
}

describe('logDestination', () => {
  it('is lines for people in a terminal, without their words all the same', async () => {
    const told = (await logged(true)) ?? ''
    expect(stripVTControlCharacters(told)).toMatch(
      /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: reply written\n {4}part: "engine"\n {4}ms: 7\n$/,
    )
    expect(told).not.toBe(stripVTControlCharacters(told))
  })

  it('is left to JSON everywhere else', async () => {
    expect(await logged(false)).toBeUndefined()
  })
})
