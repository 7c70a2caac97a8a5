import { channelOf, isMember, personOf } from '#playground/slack-server/web-api/channel-access.ts'
import { type Call, method } from '#playground/slack-server/web-api/method.ts'
import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import { threadRoot } from '#playground/slack-server/world/post-message.ts'
import { Refusal } from '#playground/slack-server/world/refusal.ts'
import type { Session } from '#playground/slack-server/world/world-event.ts'

export const assistantMethods = {
  'assistant.threads.setStatus': method('special', ['chat:write'], setStatus),
  'assistant.threads.setSuggestedPrompts': method('special', ['assistant:write'], setPrompts),
  'assistant.threads.setTitle': method('special', ['assistant:write'], setTitle),
  'agents.sessions.setStatus': method(3, ['chat:write'], setSessionStatus),
}

const loadingLimit = 10
const promptLimit = 4

function setStatus(call: Call): Json {
  const { args, agentView } = call
  const channel = channelOf(call, 'channel_id')
  const loading = args.list('loading_messages', 'invalid_arguments') ?? []
  if (loading.length > loadingLimit) throw new Refusal('invalid_arguments')
  const threadTs = threadAt(call, channel.id, args.required('thread_ts'))
  agentView.setStatus({ channelId: channel.id, threadTs }, args.text('status') ?? '', loading.map(String))
  return {}
}

function setPrompts(call: Call): Json {
  const { args, agentView } = call
  const channel = channelOf(call, 'channel_id')
  const asked = args.text('thread_ts')
  const threadTs = asked ? threadAt(call, channel.id, asked) : undefined
  const prompts = args.list('prompts', 'invalid_arguments') ?? []
  if (prompts.length > promptLimit || !prompts.every(isJson)) throw new Refusal('invalid_arguments')
  agentView.setPrompts(channel.id, threadTs, args.text('title') ?? '', prompts)
  return {}
}

function setTitle(call: Call): Json {
  const channel = channelOf(call, 'channel_id')
  const threadTs = threadAt(call, channel.id, call.args.required('thread_ts'))
  call.agentView.setTitle({ channelId: channel.id, threadTs }, call.args.required('title'))
  return {}
}

function setSessionStatus(call: Call): Json {
  const { args } = call
  const channel = channelOf(call, 'channel_id')
  if (!isMember(call, channel)) throw new Refusal('not_authorized')
  const asked = args.text('thread_ts')
  if (!asked) throw new Refusal('thread_ts_required')
  const initiator = args.text('initiator_user_id')
  if (initiator) personOf(call, initiator)
  const threadTs = threadAt(call, channel.id, asked)
  const session = setSession(call, { channelId: channel.id, threadTs, status: args.required('status') })
  return { status: session.status, agent_status: session.status, title: session.title }
}

type NewStatus = Readonly<{ channelId: string; threadTs: string; status: string }>

/** Moves a session on, and makes it when it is new; only then the title counts. */
export function setSession({ agentView, args }: Call, { channelId, threadTs, status }: NewStatus): Session {
  if (!isStatus(status)) throw new Refusal('invalid_status')
  const title = agentView.session({ channelId, threadTs })?.title ?? args.text('title') ?? ''
  return agentView.setSession({ channelId, threadTs, status, title })
}

function isStatus(status: string): status is Session['status'] {
  return ['active', 'processing', 'suspended', 'closed'].includes(status)
}

function threadAt({ world }: Call, channelId: string, ts: string): string {
  const root = threadRoot(world, channelId, ts)
  if (root === undefined) throw new Refusal('invalid_thread_ts')
  return root
}
