import type { PlatformAdapter } from '#src/core/platform.ts'

/** What the engine asks of a platform that is on. */
export type Platform = Pick<PlatformAdapter, 'platform' | 'surface' | 'missed'> &
  Partial<Pick<PlatformAdapter, 'link' | 'workspaces'>>
