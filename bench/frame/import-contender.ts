import { importHere } from '#bench/contenders/import-here.ts'
import { ConfigError } from '#src/core/errors.ts'

/** What a bench compares with is no part of Aeries: it is installed by hand, and a bench without it says so. */
export async function importContender<Module>(name: string): Promise<Module> {
  try {
    return (await importHere(name)) as Module
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
    if (!isMissing) throw cause
    const cure = 'install the contenders with npm ci --prefix bench/contenders, or name others with --contenders'
    throw new ConfigError(`The contender ${name} is not installed: ${cure}.`, { cause })
  }
}
