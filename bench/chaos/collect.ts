import type { Message as DiscordMessage } from '#playground/discord-server/world/message.ts'
import type { Message as SlackMessage } from '#playground/slack-server/world/message.ts'
import type { Book } from './book.ts'
import type { Stage } from './cast.ts'
import type { Asking, Evidence, Shown } from './checker/evidence.ts'
import { readLedger } from './checker/read-ledger.ts'

/**
 * All that a checker needs: what people said, what stands on the platforms, what the model was asked, what the ledger
 * says.
 */
export function collect(stage: Stage, book: Book, starts: readonly number[], databasePath: string): Evidence {
  return {
    said: book.said,
    shown: [...discordMessages(stage), ...slackMessages(stage)],
    askings: stage.vllm.calls.map(askingOf),
    opinions: book.lastWords,
    wishes: book.wishes,
    commands: book.commands,
    starts,
    ledger: readLedger(databasePath),
  }
}

function askingOf({ requestId, body }: Stage['vllm']['calls'][number]): Asking {
  return { turn: requestId, prompt: JSON.stringify(body['messages']) }
}

function discordMessages({ discord }: Stage): readonly Shown[] {
  const own = discord.world.messages
    .all()
    .filter(({ authorId, ephemeralFor }) => authorId === discord.botId && !ephemeralFor)
  return own.map(discordShown)
}

/** Aeries' notes are Discord's small print under its words. */
const smallPrint = /(?:^|\n)-# (.*)$/

function discordShown(message: DiscordMessage): Shown {
  const { id, channelId, guildId, content, deletedAt, reference, versions } = message
  const keyOf = (native: string) => `discord:${guildId ?? '-'}:${channelId}/${native}`
  const note = smallPrint.exec(content)?.[1]
  return {
    key: keyOf(id),
    platform: 'discord',
    channel: channelId,
    thread: undefined,
    order: BigInt(id),
    deletedAt,
    text: content.replace(smallPrint, ''),
    notes: note === undefined ? [] : [note],
    replyTo: reference?.messageId === undefined ? undefined : keyOf(reference.messageId),
    frames: versions.map(({ at, content: seen }) => ({ at, content: seen })),
  }
}

function slackMessages({ slack }: Stage): readonly Shown[] {
  const { world } = slack
  const own = world.messages.all().filter(one => world.isBotUser(one.authorId) && one.ephemeralFor === undefined)
  return own.map(message => slackShown(message, world.channels.get(message.channelId)?.teamId ?? message.teamId))
}

function slackShown(message: SlackMessage, team: string): Shown {
  const { ts, channelId, threadTs, deletedAt, blocks, text, markdown, stream, versions } = message
  const written = blocks.filter(({ type }) => type === 'markdown').map(block => String(block['text']))
  const words = stream ? [markdown ?? '', ...written] : written.length > 0 ? written : [markdown ?? text]
  return {
    key: `slack:${team}:${channelId}/${ts}`,
    platform: 'slack',
    channel: channelId,
    thread: threadTs,
    order: BigInt(ts.replace('.', '')),
    deletedAt,
    text: words.join('\n').replace(stream ? slanted : /$^/, ''),
    notes: [
      ...(stream ? slantedIn(words.join('\n')) : []),
      ...blocks.filter(({ type }) => type === 'context').flatMap(block => elementsOf(block).map(plain)),
    ],
    replyTo: undefined,
    frames: versions.map(({ at, shown }) => ({ at, content: shown })),
  }
}

/** A stream takes no small print: there a note is a last paragraph in italics. */
const slanted = /\n\n_([A-Z][^_]*\.)_$/

function slantedIn(text: string): readonly string[] {
  const note = slanted.exec(text)?.[1]
  return note === undefined ? [] : [note]
}

type Json = Readonly<Record<string, unknown>>

function elementsOf(block: Json): readonly Json[] {
  return Array.isArray(block['elements']) ? (block['elements'] as Json[]) : []
}

/** Slack's markup writes three characters otherwise. */
function plain({ text }: Json): string {
  return String(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
