import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { showProgress } from '#src/commands/storage/progress.ts'

describe('showProgress', () => {
  it('draws one bar in a terminal, which grows in place and goes away', () => {
    const { out, said } = anOutput(true)
    {
      using progress = showProgress('copying', out)
      progress.told(0, 10e6)
      progress.told(5e6, 10e6)
    }
    expect(said()).toBe(
      '\rcopying [------------------------------]  0 % 0.0 MB of 10.0 MB\u001b[K' +
        '\rcopying [###############---------------] 50 % 5.0 MB of 10.0 MB\u001b[K' +
        '\r\u001b[K',
    )
  })

  it('writes a few lines in a pipe, and never that it is done before it is', () => {
    const { out, said } = anOutput(false)
    {
      using progress = showProgress('copying', out)
      for (let percent = 0; percent <= 120; percent += 1) progress.told(percent, 100)
    }
    expect(said()).toBe('copying: 0 %\ncopying: 25 %\ncopying: 50 %\ncopying: 75 %\n')
  })
})

function anOutput(isTTY: boolean) {
  const out = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream
  return { out, said: () => String((out as unknown as PassThrough).read() ?? '') }
}
