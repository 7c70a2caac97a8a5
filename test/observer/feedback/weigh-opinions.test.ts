import { describe, expect, it } from 'vitest'
import type { Given, Rated, Verdict } from '#src/core/feedback.ts'
import { messageId, turnId } from '#src/core/ids.ts'
import { signalSource } from '#src/core/signal.ts'
import { opinionCraft } from '#src/observer/feedback/weigh-opinions.ts'

const rated: Rated = { turn: turnId('t1'), source: signalSource('opinion'), isAsker: true }
const aWord = (verdict: Verdict, facets: readonly string[] = [], sign: string = verdict): Given => ({
  message: messageId('test', undefined, 'dm', '1'),
  ...{ sign, verdict, facets },
  at: new Date(0),
})
const weighed = (given: readonly Given[], about: Rated = rated) =>
  opinionCraft.weigh(given, about).map(({ key, value, weight }) => [key, value, Number(weight.toFixed(3))])
const [long, bullets] = ['reply_length:long:short', 'reply_format:bullets:prose']

describe('an opinion', () => {
  it('speaks for what stood out, or against it, and of length also for the opposite', () => {
    expect(weighed([aWord('good', [long])])).toEqual([
      ['reply_length', 'long', 1],
      ['reply_length', 'short', -1],
    ])
    expect(weighed([aWord('awful', [long, bullets])])).toEqual([
      ['reply_length', 'long', -1.061],
      ['reply_length', 'short', 1.061],
      ['reply_format', 'bullets', -1.061],
      ['reply_format', 'prose', 0.53],
    ])
  })

  it('on an answer in which nothing stood out, or that was wrong, is one on its quality, never on its style', () => {
    expect(weighed([aWord('thanks')])).toEqual([['quality', 'good', 0.4]])
    expect(weighed([aWord('bad')])).toEqual([['quality', 'good', -1]])
    expect(weighed([aWord('wrong', [long])])).toEqual([['quality', 'good', -1.5]])
    expect(weighed([aWord('unclear', [long])])).toEqual([['quality', 'good', -1]])
  })

  it('with a reason is about that alone', () => {
    const short = [
      ['reply_length', 'long', -1.5],
      ['reply_length', 'short', 1.5],
    ]
    expect(weighed([aWord('too long')])).toEqual(short)
    expect(weighed([aWord('bad', [bullets]), aWord('too long', [bullets])])).toEqual(short)
    expect(weighed([aWord('tone', [long, 'tone:formal:casual'])])).toEqual([
      ['tone', 'formal', -1.5],
      ['tone', 'casual', 0.75],
    ])
    expect(weighed([aWord('tone', [long])])).toEqual([['quality', 'good', -1.5]])
  })

  it('counts once for each thing that is said, the loudest of its kind', () => {
    expect(weighed([aWord('good'), aWord('loved'), aWord('thanks')])).toEqual([['quality', 'good', 1.5]])
    expect(weighed([aWord('good', [], '+1'), aWord('good', [], 'ok')])).toEqual([['quality', 'good', 1]])
    expect(weighed([aWord('good'), aWord('bad')])).toEqual([
      ['quality', 'good', 1],
      ['quality', 'good', -1],
    ])
  })

  it('of who reads along weighs a quarter', () => {
    expect(weighed([aWord('loved')], { ...rated, isAsker: false })).toEqual([['quality', 'good', 0.375]])
  })
})
