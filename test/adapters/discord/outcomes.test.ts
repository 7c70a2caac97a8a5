import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { faultOf, isReplyRefused, outcomeOf, routeOf } from '#adapters/discord/outcomes.ts'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'

const url = 'https://discord.com/api/v10/channels/300000000000000001/messages/600000000000000001'
const body = { files: undefined, body: { content: 'a secret word' } }

function refusal(code: number, status = 403): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'No' }, code, status, 'PATCH', url, body)
}

function limited(parts: Partial<RateLimitError>): RateLimitError {
  return new RateLimitError({
    timeToReset: 0,
    retryAfter: 0,
    sublimitTimeout: 0,
    limit: 5,
    method: 'POST',
    hash: 'x',
    url,
    route: '/channels/:id/messages',
    majorParameter: '3',
    global: false,
    scope: 'user',
    ...parts,
  })
}

describe('outcomeOf', () => {
  it.each([10_003, 10_008, 50_001, 50_007, 50_013, 50_035, 50_083, 50_278, 160_005, 200_000, 0])(
    'gives up after code %i',
    code => {
      const outcome = outcomeOf(refusal(code))
      expect(outcome.outcome).toBe('gone')
      expect('cause' in outcome && outcome.cause).toBeInstanceOf(RefusedError)
    },
  )

  it('waits after a limit for the longest time that was named', () => {
    expect(outcomeOf(limited({ timeToReset: 1_200, retryAfter: 1_200 }))).toEqual({
      outcome: 'rate-limited',
      retryAfterMs: 1_200,
    })
    expect(outcomeOf(limited({ timeToReset: -3, sublimitTimeout: 900 }))).toMatchObject({ retryAfterMs: 900 })
  })

  it.each([20_016, 20_028, 20_029, 30_046])('waits after code %i, which passes', code => {
    expect(outcomeOf(refusal(code, 400))).toMatchObject({ outcome: 'rate-limited' })
  })

  it('leaves open what nobody answered', () => {
    const failures = [
      new HTTPError(502, 'Bad Gateway', 'POST', url, body),
      Object.assign(new Error('socket hang up'), { code: 'UND_ERR_SOCKET' }),
      new DOMException('timed out', 'TimeoutError'),
    ]
    for (const failure of failures) {
      const outcome = outcomeOf(failure)
      expect(outcome.outcome).toBe('unknown')
      expect('cause' in outcome && outcome.cause).toBeInstanceOf(UnavailableError)
    }
  })

  it('tells nothing of what was written', () => {
    for (const error of [refusal(50_013), new HTTPError(502, 'Bad', 'POST', url, body)]) {
      const told = outcomeOf(error) as { cause: Error }
      expect(`${told.cause.message} ${JSON.stringify(told.cause.cause)}`).not.toContain('secret')
      expect(told.cause.stack).not.toContain('secret')
    }
  })

  it('says to the operator what is missing', () => {
    expect(outcomeOf(refusal(50_013))).toMatchObject({ cause: { message: expect.stringContaining('Send Messages') } })
  })

  it('knows the refusal of a reply', () => {
    const refused = outcomeOf(refusal(160_002, 400)) as { cause: unknown }
    expect(isReplyRefused(refused.cause)).toBe(true)
    expect(isReplyRefused((outcomeOf(refusal(50_013)) as { cause: unknown }).cause)).toBe(false)
  })
})

describe('faultOf', () => {
  it('keeps code, status, method and the template of the route', () => {
    expect(faultOf(refusal(50_013))).toEqual({
      status: 403,
      code: 50_013,
      method: 'PATCH',
      route: '/channels/:id/messages/:id',
    })
    expect(faultOf(new TypeError('x'))).toMatchObject({ code: 'TypeError' })
  })
})

describe('routeOf', () => {
  it.each([
    ['http://127.0.0.1:80/api/v10/channels/300000000000000001/typing', '/channels/:id/typing'],
    [
      'https://discord.com/api/v10/webhooks/300000000000000001/s-e.c_ret/messages/@original',
      '/webhooks/:id/:token/messages/@original',
    ],
    [
      'https://discord.com/api/v10/interactions/300000000000000001/secret/callback',
      '/interactions/:id/:token/callback',
    ],
  ])('hides ids and tokens of %s', (address, route) => {
    expect(routeOf(address)).toBe(route)
  })
})
