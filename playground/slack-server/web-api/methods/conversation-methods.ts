import { messagePayload } from '#playground/slack-server/events/message-payload.ts'
import {
  channelOf,
  demandScope,
  isMember,
  personOf,
  readableChannel,
} from '#playground/slack-server/web-api/channel-access.ts'
import { type Call, method } from '#playground/slack-server/web-api/method.ts'
import { type Channel, isExternal } from '#playground/slack-server/world/channel.ts'
import type { Json } from '#playground/slack-server/world/json.ts'
import { openDirect } from '#playground/slack-server/world/make.ts'
import { join } from '#playground/slack-server/world/membership.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import { compareTs } from '#playground/slack-server/world/slack-ids.ts'

export const conversationMethods = {
  'conversations.info': method(3, [], info),
  'conversations.list': method(2, ['channels:read'], list),
  'conversations.open': method(3, ['im:write'], open),
  'conversations.join': method(3, ['channels:join'], joinChannel),
  'conversations.members': method(4, [], members),
  'conversations.history': method('read', [], history),
  'conversations.replies': method('read', [], replies),
  'users.conversations': method(3, [], joined),
}

function info(call: Call): Json {
  return { channel: channelPayload(call, channelOf(call)) }
}

function list(call: Call): Json {
  const { world, args, identity } = call
  const types = (args.text('types') ?? 'public_channel').split(',')
  const wanted = (channel: Channel) => types.includes(listedAs(channel))
  const found = [...world.channels.values()]
    .filter(one => one.teamIds.includes(identity.team.id) && wanted(one))
    .filter(one => one.kind === 'public' || isMember(call, one))
    .filter(one => !(args.flag('exclude_archived') && one.archived))
  const { page, rest } = paged(call, found, 100)
  return { channels: page.map(one => channelPayload(call, one)), ...rest }
}

const listScopes: Readonly<Record<string, string>> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
}

/** Where the app itself is in, each kind with its scope. */
function joined(call: Call): Json {
  const types = (call.args.text('types') ?? 'public_channel').split(',')
  for (const type of types) demandScope(call, listScopes[type] ?? type)
  const isWanted = (channel: Channel) => types.includes(listedAs(channel)) && isMember(call, channel)
  const found = [...call.world.channels.values()]
    .filter(one => one.teamIds.includes(call.identity.team.id) && isWanted(one))
    .filter(one => !(call.args.flag('exclude_archived') && one.archived))
  const { page, rest } = paged(call, found, 100)
  return { channels: page.map(one => channelPayload(call, one)), ...rest }
}

/** Slack's word for a kind of channel in the types of a list. */
function listedAs({ kind }: Channel): string {
  return kind === 'public' || kind === 'private' ? `${kind}_channel` : kind
}

function open(call: Call): Json {
  const { world, args, identity } = call
  if (args.text('channel')) return { channel: channelPayload(call, channelOf(call)), no_op: true, already_open: true }
  const ids = (args.text('users') ?? '').split(',').filter(one => one !== '')
  if (ids.length === 0) throw new Refusal('users_list_not_supplied')
  if (ids.length > 8) throw new Refusal('too_many_users')
  const memberIds = [...ids.map(id => personOf(call, id).id), identity.installation.botUserId]
  const before = world.direct(memberIds)
  if (!before && args.flag('prevent_creation')) throw new Refusal('channel_not_found')
  const channel = openDirect(world, identity.team.id, memberIds)
  const whole = args.flag('return_im') ? channelPayload(call, channel) : { id: channel.id }
  return { channel: whole, ...(before && { no_op: true, already_open: true }) }
}

function joinChannel(call: Call): Json {
  const channel = channelOf(call)
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type')
  const joined = join(call.world, channel, call.identity.installation.botUserId)
  return { channel: channelPayload(call, joined) }
}

function members(call: Call): Json {
  const { page, rest } = paged(call, channelOf(call).memberIds, 100)
  return { members: page, ...rest }
}

/** Newest first. */
function history(call: Call): Json {
  const channel = readableChannel(call)
  const standing = call.world.messages.history(channel.id).filter(between(call)).reverse()
  const { page, rest } = paged(call, standing, 100, mostRead(call))
  return { messages: page.map(one => messagePayload(call.world, one, true)), ...rest, pin_count: 0 }
}

/** The root, then its answers, oldest first; the root comes though it is outside the asked span. */
function replies(call: Call): Json {
  const channel = readableChannel(call)
  const { messages } = call.world
  const asked = messages.find(channel.id, call.args.required('ts'))
  const root = asked && messages.find(channel.id, asked.threadTs ?? asked.ts)
  const answers = root ? messages.replies(channel.id, root.ts) : []
  const missing = !root || root.ephemeralFor !== undefined || (root.deletedAt !== undefined && answers.length === 0)
  if (missing) throw new Refusal('thread_not_found')
  const { page, rest } = paged(call, [root, ...answers.filter(between(call))], 1_000, mostRead(call))
  return { messages: page.map(one => messagePayload(call.world, one, true)), ...rest }
}

function between({ args }: Call): (message: Message) => boolean {
  const oldest = args.text('oldest') ?? '0'
  const latest = args.text('latest')
  const inclusive = args.flag('inclusive') === true
  return ({ ts }) => {
    if (inclusive && (ts === oldest || ts === latest)) return true
    return compareTs(ts, padded(oldest)) > 0 && (latest === undefined || compareTs(ts, padded(latest)) < 0)
  }
}

/** People ask with whole seconds, too. */
function padded(ts: string): string {
  const [seconds = '0', micros = ''] = ts.split('.')
  return `${seconds.padStart(10, '0')}.${micros.padEnd(6, '0')}`
}

type Page<T> = Readonly<{ page: readonly T[]; rest: Json }>

const sparePage = 15 // most items a call for apps sold outside the Marketplace

const mostItems = 999

function mostRead({ world }: Call): number {
  return world.rules.reads === 'one-a-minute' ? sparePage : mostItems
}

function paged<T>({ args }: Call, all: readonly T[], usual: number, most = mostItems): Page<T> {
  const limit = Math.max(1, Math.min(args.number('limit', usual), most))
  const cursor = args.text('cursor')
  const from = cursor ? Number(Buffer.from(cursor, 'base64url').toString()) : 0
  if (!Number.isInteger(from)) throw new Refusal('invalid_cursor')
  const more = from + limit < all.length
  const next = more ? Buffer.from(String(from + limit)).toString('base64url') : ''
  return { page: all.slice(from, from + limit), rest: { has_more: more, response_metadata: { next_cursor: next } } }
}

function channelPayload(call: Call, channel: Channel): Json {
  const { id, kind, name, memberIds, teamIds } = channel
  const created = Math.floor(channel.createdAt / 1_000)
  const external = isExternal(channel)
  const other = memberIds.find(one => one !== call.identity.installation.botUserId)
  return {
    id,
    ...(kind === 'im' ? { user: other, is_user_deleted: false } : { name, name_normalized: name }),
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: kind === 'im',
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    created,
    updated: channel.createdAt,
    is_archived: channel.archived,
    is_general: name === 'general',
    is_member: isMember(call, channel),
    is_shared: external,
    is_ext_shared: external,
    is_org_shared: false,
    is_pending_ext_shared: false,
    context_team_id: call.identity.team.id,
    conversation_host_id: channel.teamId,
    shared_team_ids: teamIds,
    connected_team_ids: teamIds.filter(one => one !== call.identity.team.id),
    num_members: memberIds.length,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  }
}
