import { describe, expect, it } from 'vitest'
import { UnavailableError } from '#src/core/errors.ts'
import { createLogger, type LogSettings } from '#src/logger.ts'

/** What one line of the log says of an error. */
function told(error: unknown, settings: Partial<LogSettings> = {}): string {
  let line = ''
  const log = createLogger({ level: 'debug', withContent: false, ...settings }, { write: text => (line += text) })
  log.error({ err: error, text: 'somebody said xylophone' }, 'it happened')
  return line
}

/** With all that an error of discord.js carries. */
function aDiscordError(message = 'Invalid Form Body: xylophone'): Error {
  return Object.assign(new Error(message), {
    name: 'DiscordAPIError',
    status: 400,
    code: 50_035,
    method: 'PATCH',
    url: 'https://discord.com/api/v10/webhooks/1234567890123456789/aW50ZXJhY3Rpb246aHVudGVyMg/messages/@original?q=hunter2',
    requestBody: { json: { content: 'xylophone' } },
  })
}

describe('createLogger', () => {
  it('tells of a foreign error what it is and where, and none of its words', () => {
    const line = told(aDiscordError())
    expect(JSON.parse(line).err).toMatchObject({
      type: 'DiscordAPIError',
      status: 400,
      code: 50_035,
      method: 'PATCH',
      route: '/api/v10/webhooks/:id/:id/messages/@original',
    })
    expect(line).not.toMatch(/xylophone|hunter2|aW50/)
  })

  it('takes no line of a message for a frame of the stack', () => {
    const line = told(new Error('where?\n    at home with my xylophone'))
    expect(JSON.parse(line).err.stack[0]).toContain('logger.test.ts')
    expect(line).not.toContain('xylophone')
  })

  it('tells our own words, and nothing of their foreign causes but what they are', () => {
    const error = new UnavailableError('vLLM is away', { cause: new Error('xylophone', { cause: 'xylophone' }) })
    const line = told(error)
    expect(JSON.parse(line).err).toMatchObject({
      type: 'UnavailableError',
      message: 'vLLM is away',
      cause: { type: 'Error', cause: { type: 'string' } },
    })
    expect(line).not.toContain('xylophone')
  })

  it('tells everything when it is asked to', () => {
    const line = told(aDiscordError(), { withContent: true })
    expect(line).toContain('Invalid Form Body: xylophone')
    expect(line).toContain('somebody said xylophone')
  })
})
