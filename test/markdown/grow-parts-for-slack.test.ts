import { expect, it } from 'vitest'
import { faultInAnswers, likeSlack } from './delivery.ts'

// A file of its own, so that it runs beside the same for Discord.
it('delivers 10,000 random answers whole, in messages that fit and close, as Slack takes them', {
  timeout: 240_000,
}, () => {
  expect(faultInAnswers(10_000, likeSlack(3_900))).toBeUndefined()
})
