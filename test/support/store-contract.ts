import { describe } from 'vitest'
import type { Awaitable } from '#src/core/awaitable.ts'
import type { Store } from '#src/core/store.ts'
import { accessContract } from './store-contract-access.ts'
import { historyContract } from './store-contract-history.ts'
import { leftBehindContract } from './store-contract-left-behind.ts'
import { orderContract } from './store-contract-order.ts'
import { revisionsContract } from './store-contract-revisions.ts'
import { turnsContract } from './store-contract-turns.ts'

/** Where a store's data lives: every store opened in it finds what the ones before it wrote. Disposing of it removes the data. */
export interface StoreHome extends AsyncDisposable {
  open(): Awaitable<Store>
}

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
