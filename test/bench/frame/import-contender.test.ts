import { expect, it } from 'vitest'
import { importContender } from '#bench/frame/import-contender.ts'
import { ConfigError } from '#src/core/errors.ts'

it('says how to install a contender that is not there', async () => {
  const importing = importContender('no-such-contender')
  await expect(importing).rejects.toThrow(ConfigError)
  await expect(importing).rejects.toThrow('npm ci --prefix bench/contenders')
})
