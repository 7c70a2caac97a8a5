import { dependsOnThread, type Said } from './addressing.ts'
import { isDm } from './place-of.ts'
import { mentionsIn, namelessChannels } from './plain-text.ts'
import type { Workspace } from './workspace.ts'

/** What has to be asked for before a message can be told; `undefined` when all of it is known. Never rejects. */
export function learnAbout(message: Said, workspace: Workspace, signal: AbortSignal): Promise<unknown> | undefined {
  const { channel, thread_ts: thread, text, user } = message
  const dm = isDm(message)
  // Of a DM only how it is answered matters, and that of its threads is clear.
  const style = dm && thread == null ? workspace.dmStyles.learn(channel, signal) : undefined
  const talk =
    thread != null && dependsOnThread(message, workspace) ? workspace.threads.learn(channel, thread, signal) : undefined
  const people = [...(user == null ? [] : [user]), ...mentionsIn(text ?? '').people]
  const channels = [...(dm || message.channel_type === 'mpim' ? [] : [channel]), ...namelessChannels(text ?? '')]
  return joined([style, talk, learnPeople(people, workspace, signal), learnChannels(channels, workspace, signal)])
}

/** The same for what a person did. */
export function learnWho(
  user: string,
  channel: string,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<unknown> | undefined {
  const channels = isDm({ channel }) ? [] : [channel]
  return joined([learnPeople([user], workspace, signal), learnChannels(channels, workspace, signal)])
}

/** The same for what Aeries said. */
export function learnChannel(
  said: Pick<Said, 'channel' | 'channel_type'>,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<unknown> | undefined {
  return isDm(said) || said.channel_type === 'mpim' ? undefined : learnChannels([said.channel], workspace, signal)
}

function learnPeople(users: readonly string[], { people, self }: Workspace, signal: AbortSignal) {
  const others = new Set(users.filter(user => user !== self && user !== 'USLACKBOT'))
  return joined([...others].map(user => people.learn(user, signal)))
}

function learnChannels(ids: readonly string[], { channels }: Workspace, signal: AbortSignal) {
  return joined([...new Set(ids)].map(id => channels.learn(id, signal)))
}

function joined(learning: readonly (Promise<unknown> | undefined)[]): Promise<unknown> | undefined {
  const open = learning.filter(one => one !== undefined)
  return open.length === 0 ? undefined : Promise.all(open)
}
