import type { Clock } from '#src/core/clock.ts'
import { Facts } from './facts.ts'
import type { MethodLimits } from './method-limits.ts'
import type { ChannelFacts } from './scene.ts'
import type { SlackApi } from './slack-api.ts'
import { channelInfoSchema } from './wire.ts'

/** The channels of a workspace: most events name them by their id alone. */
export function createChannelBook(api: () => SlackApi, clock: Clock, limits: MethodLimits): Facts<ChannelFacts> {
  return new Facts({
    clock,
    limit: () => limits.take('conversations.info', ''),
    read: async (channel, signal) => {
      const answer = await api().call('conversations.info', { channel }, signal)
      const { channel: told } = channelInfoSchema.parse(answer)
      return { kind: kindOf(told), name: told.name || undefined, external: told.is_ext_shared === true }
    },
  })
}

type Flags = Readonly<Partial<Record<'is_im' | 'is_mpim' | 'is_private', boolean | null | undefined>>>

function kindOf(told: Flags): ChannelFacts['kind'] {
  if (told.is_im === true) return 'im'
  if (told.is_mpim === true) return 'mpim'
  return told.is_private === true ? 'private' : 'public'
}
