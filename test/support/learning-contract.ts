import { describe } from 'vitest'
import { jobsContract } from './learning-contract-jobs.ts'
import { signalsContract } from './learning-contract-signals.ts'
import { traitsContract } from './learning-contract-traits.ts'
import { visibilityContract } from './learning-contract-visibility.ts'
import type { StoreHome } from './store-home.ts'

/** What the house may rely on about learning with every engine of storage. */
export function learningContract(engine: string, createHome: () => StoreHome): void {
  describe(`${engine} keeps the contract of learning`, () => {
    traitsContract(createHome)
    signalsContract(createHome)
    visibilityContract(createHome)
    jobsContract(createHome)
  })
}
