import { describe, expect, it } from 'vitest'
import { checkBlocks } from '#playground/slack-server/world/blocks.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import { defaultRules } from '#playground/slack-server/world/rules.ts'

const label = (text: string) => ({ type: 'plain_text', text })
const button = (sketch: object = {}) => ({ type: 'button', action_id: 'a', value: 'v', text: label('Go'), ...sketch })
const row = (elements: readonly object[]) => [{ type: 'actions', elements }]
const many = (count: number) => Array.from({ length: count }, (_, at) => button({ action_id: `a${at}` }))
const feedback = (text: object) => ({ type: 'feedback_buttons', action_id: 'f', positive_button: text })

describe('blocks', () => {
  it('are taken within Block Kit’s limits', () => {
    const long = button({ action_id: 'x'.repeat(255), value: 'x'.repeat(2_000), text: label('x'.repeat(75)) })
    const fine = [
      ...row(many(25)),
      ...row([long]),
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'x'.repeat(2_000) }] },
    ]
    expect(check(fine)).toEqual(fine)
  })

  it.each([
    ['26 buttons in a row', row(many(26))],
    ['a row without any', row([])],
    ['a row that is no list', [{ type: 'actions', elements: 'none' }]],
    ['two buttons with one id', row([button(), button()])],
    ['an id that is too long', row([button({ action_id: 'x'.repeat(256) })])],
    ['a value that is too long', row([button({ value: 'x'.repeat(2_001) })])],
    ['a label that is too long', row([button({ text: label('x'.repeat(76)) })])],
    ['a label that is empty', row([button({ text: label('') })])],
    ['a label with markup', row([button({ text: { type: 'mrkdwn', text: 'Go' } })])],
    ['half of a pair for feedback', [{ type: 'context_actions', elements: [feedback({ text: label('Good') })] }]],
    ['a context that is too long', [{ type: 'context', elements: [{ type: 'mrkdwn', text: 'x'.repeat(2_001) }] }]],
    ['two blocks with one id', [1, 2].map(() => ({ type: 'divider', block_id: 'same' }))],
  ])('are refused: %s', (_, blocks) => {
    expect(() => check(blocks)).toThrow(Refusal)
  })
})

function check(blocks: readonly object[]) {
  return checkBlocks(blocks, defaultRules(), text => text.length)
}
