import type { Channel } from './channel.ts'
import type { Message, Version } from './message.ts'
import { mentionsOf, newUnfurls, othersText, shownText } from './visible.ts'
import type { World } from './world.ts'

type Frame = Readonly<{ at: number; by: Version['by']; before?: readonly Version[] }>

/** The next frame of a film strip: what is read now, and who rings for mentions that were not there before. */
export function versionOf(world: World, channel: Channel, message: Message, frame: Frame): Version {
  const { at, by, before = [] } = frame
  const known = new Set(before.flatMap(version => version.pings.map(ping => ping.written)))
  const fresh = mentionsOf(message).filter(one => !known.has(one.written))
  const once = fresh.filter((one, index) => fresh.findIndex(other => other.written === one.written) === index)
  return {
    at,
    by,
    shown: shownText(message),
    others: message.ephemeralFor === undefined ? othersText(message) : '',
    streaming: message.stream?.state,
    pings: once.map(one => world.ring(one, channel)),
    unfurls: newUnfurls(message, before),
  }
}
