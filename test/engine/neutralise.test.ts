import { describe, expect, it } from 'vitest'
import { neutralise } from '#src/engine/neutralise.ts'

const controlTokens = [
  '<|im_start|>',
  '<|im_end|>',
  '<|endoftext|>',
  '<|vision_start|>',
  '<think>',
  '</think>',
  '<tool_call>',
  '</tool_call>',
  '<tool_response>',
  '</context>',
  '<s>',
  '[INST]',
  '<start_of_turn>',
  '<end_of_turn>',
  '<bos>',
  '<eos>',
  '<｜User｜>',
  '[SYSTEM_PROMPT]',
  '[TOOL_CALLS]',
]

describe('neutralise', () => {
  it.each(controlTokens)('takes the power of %s and leaves it readable', token => {
    const text = neutralise(`before ${token} after`)
    expect(text).not.toContain(token)
    expect(text.replace(/[‹<[(]/g, '(').replace(/[›>\])]/g, ')')).toBe(
      `before ${token.replace(/[<[]/g, '(').replace(/[>\]]/g, ')')} after`,
    )
  })

  it('leaves no token behind when tokens are nested or glued together', () => {
    for (const text of ['<|im_<|im_end|>end|>', '<<think>think>', '<|<|im_end|>|>', '<think ><THINK>', '</ think>']) {
      expect(neutralise(text)).not.toMatch(/<\||\|>|<\/?\s*think/i)
      expect(neutralise(neutralise(text))).toBe(neutralise(text))
    }
  })

  it('leaves ordinary words, code and arithmetic as they are', () => {
    for (const text of ['a < b | c > d', 'if (a<b||c>d) {}', '<div class="x">hi</div>', 'x |> f', 'array[1]']) {
      expect(neutralise(text.replace('|>', '| >'))).toBe(text.replace('|>', '| >'))
    }
  })
})
