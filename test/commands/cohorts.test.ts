import { describe, expect, it } from 'vitest'
import { people } from '#test/observer/cohorts/a-workspace.ts'
import { createSqliteHome } from '#test/sqlite/sqlite-home.ts'
import { runCommand } from './run-command.ts'

describe('npm run cohorts', () => {
  it('makes and prints them while the service has the database open, which lends them from then on', async () => {
    using home = createSqliteHome()
    using store = home.open()
    await people(store, 24)
    expect(await runCommand('cohorts', home.path)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^No cohorts were made yet/),
    })
    const { code, out } = await runCommand('cohorts', home.path, '--make')
    expect(code).toBe(0)
    expect(out.replace(/made .* UTC/, 'made')).toBe(
      [
        'slack:T1, made',
        '  everybody: 24 people',
        '     85 %  short answers (liked by 24)',
        '     85 %  a casual tone (liked by 24)',
        '',
      ].join('\n'),
    )
    expect(await store.cohorts.published('slack:T1' as never)).toMatchObject([{ name: 'everybody', members: 24 }])
    const json = await runCommand('cohorts', home.path, '--json')
    expect(JSON.parse(json.out)).toMatchObject({
      workspaces: [
        {
          workspace: 'slack:T1',
          cohorts: [{ members: 24, values: [{ value: 'short' }, { value: 'casual', share: 24 / 28 }] }],
        },
      ],
    })
  })

  it('says that nothing is lent where too few people are known', async () => {
    using home = createSqliteHome()
    {
      using store = home.open()
      await people(store, 19)
    }
    const { out } = await runCommand('cohorts', home.path, '--make')
    expect(out).toContain('nothing is lent')
    expect(await runCommand('cohorts', `${home.path}.none`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^There is no file/),
    })
  })
})
