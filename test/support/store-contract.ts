import { describe } from 'vitest'
import { accessContract } from './store-contract-access.ts'
import { historyContract } from './store-contract-history.ts'
import { leftBehindContract } from './store-contract-left-behind.ts'
import { orderContract } from './store-contract-order.ts'
import { revisionsContract } from './store-contract-revisions.ts'
import { turnsContract } from './store-contract-turns.ts'
import type { StoreHome } from './store-home.ts'

/** What the house may rely on with every engine of storage. One suite for all of them. */
export function storeContract(engine: string, createHome: () => StoreHome): void {
  describe(`${engine} keeps the contract of a store`, () => {
    turnsContract(createHome)
    historyContract(createHome)
    orderContract(createHome)
    leftBehindContract(createHome)
    revisionsContract(createHome)
    accessContract(createHome)
  })
}
