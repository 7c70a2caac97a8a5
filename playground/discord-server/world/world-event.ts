import type { Channel } from './channel.ts'
import type { Guild, Member, Role } from './guild.ts'
import type { Interaction } from './interaction.ts'
import type { Emoji, Message } from './message.ts'

/** Everything that happens in the world, told once it has happened. All of it is plain data. */
export type WorldEvent =
  | Readonly<{ type: 'message'; message: Message }>
  | Readonly<{ type: 'edited'; message: Message }>
  | Readonly<{ type: 'deleted'; channelId: string; messages: readonly Message[]; bulk: boolean }>
  | Readonly<{ type: 'reaction'; added: boolean; message: Message; personId: string; emoji: Emoji }>
  | Readonly<{ type: 'reactions-cleared'; message: Message; emoji: Emoji | undefined }>
  | Readonly<{ type: 'typing'; channelId: string; personId: string; at: number }>
  | Readonly<{ type: 'channel'; change: 'created' | 'changed' | 'deleted'; channel: Channel }>
  | Readonly<{ type: 'thread-members'; channel: Channel; added: readonly string[]; removed: readonly string[] }>
  | Readonly<{ type: 'guild'; change: 'joined' | 'changed' | 'left' | 'unavailable'; guild: Guild }>
  | Readonly<{ type: 'role'; change: 'created' | 'changed' | 'deleted'; guildId: string; role: Role }>
  | Readonly<{ type: 'member'; change: 'joined' | 'changed' | 'left'; guildId: string; member: Member }>
  | Readonly<{ type: 'interaction'; interaction: Interaction }>
  | Readonly<{ type: 'interaction-changed'; interaction: Interaction }>
