import type { Awaitable } from '#src/core/awaitable.ts'
import type { Store } from '#src/core/store.ts'

/** Where a store's data lives: every store opened in it finds what the ones before it wrote. Disposing of it removes the data. */
export interface StoreHome extends AsyncDisposable {
  open(): Awaitable<Store>
}
