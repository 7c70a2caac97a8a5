import { describe, expect, it } from 'vitest'
import type { WorkspaceId } from '#src/core/workspace.ts'
import { listReactions } from '#src/engine/reactions/list-reactions.ts'
import { meaningOf } from '#src/engine/reactions/meaning-of.ts'
import { createReactionTable } from '#src/engine/reactions/reaction-table.ts'

const table = createReactionTable()
const says = (emoji: string) => {
  const meaning = meaningOf(emoji, table)
  return meaning === undefined ? undefined : meaning.type === 'control' ? meaning.control : meaning.verdict
}

describe('an emoji', () => {
  it.each([
    ['👍', 'good'],
    ['👍🏽', 'good'],
    ['+1', 'good'],
    ['thumbsup', 'good'],
    [':thumbsup:', 'good'],
    ['+1::skin-tone-4', 'good'],
    ['thumbsup::skin-tone-6', 'good'],
    ['👎🏿', 'bad'],
    ['-1::skin-tone-2', 'bad'],
    ['❤️', 'loved'],
    ['❤', 'loved'],
    ['heart', 'loved'],
    ['❤️‍🔥', 'loved'],
    ['🙏🏻', 'thanks'],
    ['😡', 'awful'],
    ['rage', 'awful'],
    ['😕', 'unclear'],
    ['✂️', 'too long'],
    ['✂', 'too long'],
    ['scissors', 'too long'],
    ['➕', 'too short'],
    ['heavy_plus_sign', 'too short'],
    ['❌', 'wrong'],
    ['x', 'wrong'],
    ['🛑', 'stop'],
    ['octagonal_sign', 'stop'],
    ['🔁', 'regenerate'],
    ['repeat', 'regenerate'],
    ['▶️', 'continue'],
    ['arrow_forward', 'continue'],
    ['🗑️', 'delete'],
    ['wastebasket', 'delete'],
  ] as const)('%s means %s, however it is written', (emoji, meaning) => {
    expect(says(emoji)).toBe(meaning)
  })

  it.each([
    ...['😂', 'joy', '💀', 'skull', '👀', 'eyes', '🤷', '🤷🏽‍♀️', 'shrug::skin-tone-3', '🤔', '', ':', '::skin-tone-2'],
    ...['thumbsup:123456789012345678', 'acme_thumbsup', '__proto__', 'constructor', 'toString'],
  ])('%s, which people use for opposite things or nobody knows, means nothing', emoji => {
    expect(says(emoji)).toBeUndefined()
  })

  it('means what is set, everywhere or in one workspace alone', () => {
    const harbour = 'slack:T1' as WorkspaceId
    const set = createReactionTable([
      { emoji: ':shipit:', workspace: 'slack:T1', meaning: { type: 'feedback', verdict: 'loved' } },
      { emoji: '<:okay:123456789012345678>', workspace: undefined, meaning: { type: 'feedback', verdict: 'good' } },
      { emoji: '👍', workspace: 'slack:T1', meaning: undefined },
      { emoji: '🔁', workspace: undefined, meaning: undefined },
    ])
    expect(meaningOf('shipit', set, harbour)).toEqual({ type: 'feedback', verdict: 'loved' })
    expect(meaningOf('shipit', set, 'slack:T2' as WorkspaceId)).toBeUndefined()
    expect(meaningOf('shipit', set)).toBeUndefined()
    // Its name can change; its id cannot.
    expect(meaningOf('renamed:123456789012345678', set)).toEqual({ type: 'feedback', verdict: 'good' })
    expect(meaningOf('+1::skin-tone-2', set, harbour)).toBeUndefined()
    expect(meaningOf('+1', set)).toEqual({ type: 'feedback', verdict: 'good' })
    expect(meaningOf('🔁', set)).toBeUndefined()
    const listed = listReactions(set, harbour)
    expect(listed).toContain(':shipit: ❤️ 🔥 more like this')
    expect(listed.filter(line => /👍|🔁/u.test(line))).toEqual([])
    expect(listReactions(set, undefined)).toContain('<:own:123456789012345678> 👍 ✅ good')
  })
})

it('lists what reactions do, for whoever asks', () => {
  expect(listReactions(table, undefined)).toEqual([
    '🛑 I stop',
    '🔁 I answer once more; taking it back brings the old answer back',
    '▶️ I go on',
    '🗑️ I delete the answer, and what I learnt from it',
    '❤️ 🔥 💯 more like this',
    '👍 ✅ ✔️ good',
    '🙏 thank you',
    '👎 not so good',
    '😡 😠 🤬 bad',
    '😕 ❓ ❔ I did not understand you',
    '❌ ❎ wrong',
    '✂️ 🥱 too long: I keep it shorter',
    '➕ too short: I say more',
  ])
})
