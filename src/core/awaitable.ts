/** SQLite answers at once and without a promise; an engine on the network will not. Callers await either way. */
export type Awaitable<T> = T | Promise<T>
