import type { GatewayDispatchPayload, WebSocketOptions } from 'discord.js'
import { soundPacket } from './wire.ts'

export type ShardManager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0]

export type ShardWatch = Readonly<{
  /** Discord opened a new session. Told before anything of it. */
  onGreeted: (shard: number) => void
  /** A session goes on over a new socket, or a socket closed. */
  onResumed: (shard: number) => void
  onClosed: (shard: number) => void
  /** All that Discord sent over the shard's socket before this moment has arrived. */
  onInTouch: (shard: number) => void
  /** A dispatch in a shape that nobody understands, or that discord.js fails on. */
  onOdd: (dispatch: string, error: unknown) => void
}>

type Told = Readonly<{ shardId: number; data?: GatewayDispatchPayload }>

/**
 * Stands between the sockets and the client. discord.js takes each dispatch inside the socket's own listener and on trust: a field that is
 * missing there would end in a rejection that nobody handles, and so in the end of the process.
 */
export function watchShards(manager: ShardManager, watch: ShardWatch): void {
  const { onGreeted, onResumed, onClosed, onInTouch, onOdd } = watch
  const tell: (name: string, ...args: unknown[]) => boolean = manager.emit.bind(manager) as never
  const watched = (name: string, ...args: [told?: Told, ...others: unknown[]]): boolean => {
    const [told] = args
    if (told === undefined || !watchedEvents.has(name)) return tell(name, ...args)
    const { shardId: shard, data } = told
    if (name === 'ready') onGreeted(shard)
    else if (name === 'resumed') onResumed(shard)
    else if (name === 'closed') onClosed(shard)
    else onInTouch(shard)
    if (name !== 'dispatch' || data === undefined) return tell(name, ...args)
    const packet = soundPacket(data)
    if (packet === undefined) {
      onOdd(String(data.t), undefined)
      return true
    }
    try {
      return tell(name, { ...told, data: packet })
    } catch (error) {
      onOdd(packet.t, error)
      return true
    }
  }
  manager.emit = watched as typeof manager.emit
}

const watchedEvents = new Set(['ready', 'resumed', 'closed', 'dispatch', 'heartbeat'])
