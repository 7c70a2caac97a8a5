import type { APIMessage } from 'discord.js'
import type { Log } from '#src/core/log.ts'
import type { Place } from '#src/core/place.ts'
import { History, type HistoryParts, pageLength } from './history.ts'
import { incomingMessage, type ToldMessage } from './incoming.ts'
import { MissedMembers } from './missed-members.ts'
import { faultOf } from './outcomes.ts'
import { patiently } from './patiently.ts'
import { isMisplaced, nativeChannel } from './place-of.ts'
import type { Scene } from './scene.ts'
import { byAge, idAt } from './snowflake.ts'
import { soundMessage } from './wire.ts'

/** Clocks differ, and so does the order in which Discord tells and stores. What comes twice for it, the ledger knows. */
const marginMs = 10_000
/** Of channels and threads that nobody named, so many are looked into, those first where something was said last. */
const mostUnnamed = 100
/** Of a channel where more was said than so many pages, the newest count. */
const mostPages = 5

type MissedParts = HistoryParts &
  Readonly<{
    log: Log
    scene: () => Scene | undefined
    /** Makes the scene know a channel; throws what discord.js throws. */
    fetchChannel: (channel: string) => Promise<unknown>
  }>

/**
 * What people said to Aeries since then, in these places and wherever else on its servers something was said: a thread that was opened
 * meanwhile, or a channel where nobody had called it before. Each place's words in their order, one place after the other. A new DM is
 * not found: Discord lists none.
 */
export async function* readMissed(
  parts: MissedParts,
  since: Date,
  places: readonly Place[],
  signal: AbortSignal,
): AsyncGenerator<ToldMessage> {
  const after = idAt(new Date(since.getTime() - marginMs))
  const members = new MissedMembers(parts)
  const guilds = new Map(places.map(place => [nativeChannel(place), place.workspace]))
  const lively = (parts.scene()?.livelySince(after) ?? []).filter(({ channel }) => !guilds.has(channel))
  for (const { channel, guild } of lively.slice(0, mostUnnamed)) guilds.set(channel, guild)
  for (const [channel, guild] of guilds) {
    signal.throwIfAborted()
    for (const message of await readPlace(parts, { channel, guild, after }, signal)) {
      const scene = parts.scene()
      const told = scene && toldOf(message, guild, scene)
      if (scene === undefined || !told?.message.addressed) continue
      const member = guild && (await members.of(guild, message.author.id, signal))
      yield (member && toldOf({ ...message, member }, guild, scene)) || told
    }
  }
}

type Reading = Readonly<{ channel: string; guild: string | undefined; after: string }>

async function readPlace(parts: MissedParts, reading: Reading, signal: AbortSignal): Promise<readonly APIMessage[]> {
  const { log, scene } = parts
  const { channel, guild, after } = reading
  if (guild !== undefined && scene()?.channel(channel) === undefined) await learn(parts, channel, signal)
  const facts = scene()?.channel(channel)
  if (guild !== undefined && facts === undefined) {
    log.info({ channel }, 'a place cannot be read any more')
    return []
  }
  if (facts?.newest !== undefined && byAge(facts.newest, after) < 0) return []
  try {
    return await readSince(parts, reading, signal)
  } catch (error) {
    signal.throwIfAborted()
    log.warn({ channel, fault: faultOf(error) }, 'what was missed in a place could not be read')
    return []
  }
}

async function learn({ fetchChannel, spare, clock }: MissedParts, channel: string, signal: AbortSignal): Promise<void> {
  const fetch = async () => {
    await spare.next(signal)
    await fetchChannel(channel)
  }
  // What Discord says against it is told by the scene, which does not know the channel then.
  await patiently(fetch, clock, signal).catch(() => signal.throwIfAborted())
}

/** Oldest first. A quiet place takes one request; of a loud one the newest pages are read, backwards. */
async function readSince(
  parts: MissedParts,
  { channel, after }: Reading,
  signal: AbortSignal,
): Promise<readonly APIMessage[]> {
  const history = new History(parts, channel)
  const behind = await history.page({ after }, signal)
  if (behind.length < pageLength) return behind
  let read = await history.page({}, signal)
  for (let pages = 1; pages < mostPages; pages += 1) {
    const [oldest] = read
    if (oldest === undefined || byAge(oldest.id, after) <= 0) break
    const older = await history.page({ before: oldest.id }, signal)
    if (older.length === 0) break
    read = [...older, ...read]
  }
  const [oldest] = read
  if (oldest !== undefined && byAge(oldest.id, after) > 0) {
    parts.log.warn({ channel, read: read.length }, 'more was missed in a place than is read')
  }
  return read.filter(({ id }) => byAge(id, after) > 0)
}

/** A history does not repeat where it is from, nor what people are called there and may do. */
function toldOf(
  message: APIMessage & Readonly<{ member?: object }>,
  guild: string | undefined,
  scene: Scene,
): ToldMessage | undefined {
  const said = soundMessage({ ...message, ...(guild === undefined ? {} : { guild_id: guild }) })
  return said === undefined || isMisplaced(said, scene) ? undefined : incomingMessage(said, scene)
}
