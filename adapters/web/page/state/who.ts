import { signal } from '@preact/signals'
import type { Session } from '#adapters/web/page/wire.ts'

/** Who one is; `'nobody'`: to be told by a code first, also once a session has ended. */
export const session = signal<Session | 'nobody' | undefined>(undefined)
