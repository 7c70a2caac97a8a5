import { describe, expect, it } from 'vitest'
import { estimateTokens } from '#src/engine/estimate-tokens.ts'

/** What the roles around a message take. */
const around = estimateTokens('')

describe('an estimate of tokens', () => {
  // Counted with Qwen3's own tokenizer.
  it.each([
    ['We went hiking in the hills.', 7],
    ['在北方的山里徒步旅行', 7],
    ['በሰሜን ተራሮች ላይ የእግር ጉዞ', 26],
    ['ដើរលេងលើភ្នំភាគខាងជើង', 26],
    ['བྱང་ཕྱོགས་ཀྱི་རི་ལ་འགྲོ', 35],
    ['ꆈꌠꁱꂷꇯꉙꆈꌠꁱꂷ', 24],
    ['㐀㐁㐂㐃㐄㐅', 11],
    ['a\u0334\u0321b\u0335\u0322c\u0336\u0328d\u0337\u031b', 20],
  ])('is not below what a tokenizer counts, whatever it is written in: %s', (text, tokens) => {
    expect(estimateTokens(text) - around).toBeGreaterThanOrEqual(tokens)
  })
})
