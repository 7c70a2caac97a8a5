import { describe, expect, it } from 'vitest'
import { MethodLimits } from '#adapters/slack/method-limits.ts'
import { createPeopleBook } from '#adapters/slack/people-book.ts'
import type { SlackApi } from '#adapters/slack/slack-api.ts'
import { systemClock } from '#src/system-clock.ts'

async function standingOf(user: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const answer = { ok: true, user: { id: 'UMIRA', team_id: 'T1', name: 'mira', ...user } }
  const api = { call: async () => answer } as unknown as SlackApi
  const limits = new MethodLimits(systemClock)
  const people = createPeopleBook({ api: () => api, clock: systemClock, limits, team: 'T1', enterprise: 'E1' })
  await people.learn('UMIRA', new AbortController().signal)
  return people.get('UMIRA')?.standing
}

describe('what Slack lets somebody do', () => {
  it.each([
    ['a member', {}, undefined],
    ['an admin', { is_admin: true }, 'admin'],
    ['an owner', { is_owner: true }, 'admin'],
    ['an owner of the whole organisation', { enterprise_user: { enterprise_id: 'E1', is_owner: true } }, 'admin'],
    ['an admin of another workspace', { is_admin: true, team_id: 'T2' }, undefined],
    ['a stranger who runs theirs', { is_owner: true, is_stranger: true }, undefined],
    [
      'an admin of another organisation',
      { team_id: 'T2', enterprise_user: { enterprise_id: 'E2', is_admin: true } },
      undefined,
    ],
  ])('%s', async (_, user, standing) => {
    expect(await standingOf(user)).toBe(standing)
  })
})
