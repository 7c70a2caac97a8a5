import { describe, expect, it } from 'vitest'
import { showProgress } from '#src/commands/progress/show-progress.ts'

function anOutput(isTTY: boolean, columns = 80) {
  const written: string[] = []
  return { out: { isTTY, columns, write: (text: string) => written.push(text) > 0 }, written }
}

const clear = '\r\u001b[K'

describe('showProgress', () => {
  it('draws one bar in a terminal, which grows in place and goes away', () => {
    const { out, written } = anOutput(true)
    {
      using progress = showProgress(out)
      progress.tell('opening')
      progress.tell('copying', 0)
      progress.tell('copying', 0.5)
      progress.tell('checking', 1)
    }
    expect(written).toEqual([
      `${clear}opening`,
      `${clear}${'░'.repeat(30)}   0 %  copying`,
      `${clear}${'█'.repeat(15)}${'░'.repeat(15)}  50 %  copying`,
      `${clear}${'█'.repeat(30)} 100 %  checking`,
      clear,
    ])
  })

  it('never breaks its line in a narrow terminal, and leaves one alone in which it said nothing', () => {
    const { out, written } = anOutput(true, 50)
    showProgress(out)[Symbol.dispose]()
    expect(written).toEqual([])
    showProgress(out).tell('a word '.repeat(20), 0.1)
    expect(written[0]?.slice(clear.length)).toHaveLength(49)
  })

  it('writes a line for every tenth into a pipe, and for what comes at the end', () => {
    const { out, written } = anOutput(false)
    using progress = showProgress(out)
    for (let percent = 0; percent <= 100; percent += 1) progress.tell(`${percent} of 100`, percent / 100)
    progress.tell('100 of 100', 1)
    progress.tell('judging', 1)
    expect(written).toHaveLength(12)
    expect(written.slice(0, 2)).toEqual(['0 %  0 of 100\n', '10 %  10 of 100\n'])
    expect(written.slice(-2)).toEqual(['100 %  100 of 100\n', '100 %  judging\n'])
  })

  it('writes each new thing into a pipe once where nobody knows how much there is', () => {
    const { out, written } = anOutput(false)
    using progress = showProgress(out)
    for (const words of ['one', 'one', 'two', 'one']) progress.tell(words)
    expect(written).toEqual(['one\n', 'two\n', 'one\n'])
  })
})
