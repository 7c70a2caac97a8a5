import { describe, expect, it } from 'vitest'
import { sameText } from '#bench/delivered/same-text.ts'
import { ReplyText } from '#src/engine/reply-text.ts'
import { likeDiscord } from '#test/markdown/delivery.ts'

describe('an answer that fills its messages', () => {
  const { measure, render } = likeDiscord(300)
  const code = Array.from({ length: 200 }, (_, i) => `const line${i} = ${i}`).join('\n')
  const answer = `Here:\n\n~~~js\n${code}\n~~~\n\nThat was it.`

  it.each([1, 7, 300, 1_000, Number.POSITIVE_INFINITY])(
    'has the same messages and the same file, with no line of its own, when %d characters come at once',
    most => {
      const read = readBy(most)
      expect([...read.frozen, read.live, read.rest]).toEqual([...readBy(1).frozen, readBy(1).live, readBy(1).rest])
      expect(read.rest.match(/^~~~/gm)).toHaveLength(2)
      expect(sameText(answer, read.frozen.map(render), [read.rest])).toEqual({ same: true })
    },
  )

  function readBy(most: number): ReplyText {
    const text = new ReplyText(measure)
    if (most >= answer.length) text.hear({ text: answer })
    else for (let at = 0; at < answer.length; at += most) text.hear({ text: answer.slice(at, at + most) })
    return text
  }
})
