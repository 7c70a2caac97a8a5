import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '#src/core/clock.ts'
import { messageCommands } from '#src/core/command.ts'
import { eventKey, nativeMessageId } from '#src/core/ids.ts'
import { ChannelCalls } from './channel-calls.ts'
import { blocksOf, fallbackOf } from './content.ts'
import type { ToldMessage } from './incoming.ts'
import { learnWho } from './learning.ts'
import { neutralise } from './neutralise.ts'
import { personOf } from './person-of.ts'
import { placeOf } from './place-of.ts'
import { platform } from './platform-name.ts'
import { quoted } from './quotes.ts'
import { messageSchema, openedSchema, type Shortcut, type Submission } from './wire.ts'
import type { Workspace } from './workspace.ts'

/** What is asked when nothing is. */
const usualQuestion = 'What about this?'
const field = 'question'
/** A form keeps 3,000 characters beside its fields. */
const longestKept = 2_000
const longestExcerpt = 400
/** A limit is waited for, but not for ever. */
const mostTries = 5

const kept = z.object({ channel: z.string(), message: messageSchema })

/** Opens the small form for the question; the message asked about waits in it. */
export async function openForm(shortcut: Shortcut, workspace: Workspace, signal: AbortSignal): Promise<void> {
  const { channel, message, trigger_id } = shortcut
  const { user, bot_id, ts, thread_ts, text } = message
  const about = { user, bot_id, ts, thread_ts, text: (text ?? '').slice(0, longestKept).toWellFormed() }
  const view = {
    type: 'modal',
    callback_id: 'ask',
    private_metadata: JSON.stringify({ channel: channel.id, message: about }),
    title: { type: 'plain_text', text: messageCommands.ask },
    submit: { type: 'plain_text', text: 'Ask' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      {
        type: 'input',
        block_id: field,
        optional: true,
        label: { type: 'plain_text', text: 'What would you like to know?' },
        element: {
          type: 'plain_text_input',
          action_id: field,
          multiline: true,
          max_length: 1_000,
          placeholder: { type: 'plain_text', text: usualQuestion },
        },
      },
    ],
  }
  await workspace.api.call('views.open', { trigger_id, view }, signal)
}

/** The question as a message of the person in their DM with Aeries; `undefined`: it could not be asked. */
export async function askedInForm(
  { user, view }: Submission,
  workspace: Workspace,
  clock: Clock,
  signal: AbortSignal,
): Promise<Readonly<{ told: ToldMessage; from: string }> | undefined> {
  const about = kept.safeParse(JSON.parse(view.private_metadata || '{}'))
  if (!about.success) return undefined
  const { channel: from, message } = about.data
  await learnWho(user.id, from, workspace, signal)
  if (message.user != null) await workspace.people.learn(message.user, signal)
  const question = view.state?.values?.[field]?.[field]?.value?.trim() || usualQuestion
  const { quotes, unread } = quoted(message, from, 'the message asked about', workspace)
  const opened = await workspace.api.call('conversations.open', { users: user.id }, signal)
  const dm = openedSchema.parse(opened).channel.id
  const anchor = neutralise(anchorOf(quotes[0]?.author, quotes[0]?.text, question))
  const shown = { text: fallbackOf(question), blocks: blocksOf(anchor, { phase: 'freeze' }), thread: undefined }
  const key = `ask-${randomBytes(8).toString('hex')}`
  const calls = new ChannelCalls(workspace, dm)
  let posted = await calls.post({ ...shown, key }, signal)
  for (let tries = 1; posted.outcome === 'rate-limited' && tries < mostTries; tries += 1) {
    await clock.sleep(posted.retryAfterMs, signal)
    posted = await calls.post({ ...shown, key }, signal)
  }
  if (posted.outcome !== 'written') return undefined
  const ts = nativeMessageId(posted.message)
  workspace.ownMessages.remember(key, posted.message)
  const thread = workspace.dmStyle(dm) === 'threads' ? ts : undefined
  const told: ToldMessage = {
    type: 'message',
    key: eventKey(platform, 'ask', view.id),
    place: placeOf({ channel: dm, channel_type: 'im', external: false }, thread, workspace),
    at: workspace.momentOf(dm, ts),
    person: personOf(user.id, workspace),
    message: { id: posted.message, text: question, addressed: true, quotes, unread },
  }
  return { told, from }
}

/** What stands in the DM above the answer. */
function anchorOf(author: string | undefined, text: string | undefined, question: string): string {
  const words = text ?? ''
  const short = words.length <= longestExcerpt ? words : `${words.slice(0, longestExcerpt).toWellFormed()}…`
  const lines = short === '' ? ['(a message without words)'] : short.split('\n')
  const whose = author === undefined ? 'a message' : `what ${author} wrote`
  return `You asked about ${whose}:\n\n${lines.map(line => `> ${line}`).join('\n')}\n\n**${question}**`
}
