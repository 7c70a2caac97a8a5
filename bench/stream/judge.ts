import { sameText } from '#bench/delivered/same-text.ts'
import type { Call } from '#playground/vllm-server/call.ts'
import { agesOf, type Generated, meanOf } from './age.ts'
import { filmOf, messagesOf, type Scene } from './film.ts'
import { compareLetters, lettersOf } from './letters.ts'
import type { Played, PlayedAnswer, PlayedChannel } from './perform.ts'
import { ttftMs } from './scenario.ts'
import type { LoggedWrite, Stage } from './stage.ts'

/** What became of one answer. Times in ms; since 1970 where it says `At`. */
export type Judged = Readonly<{
  key: string
  channel: string
  generated: readonly Generated[]
  film: readonly Scene[]
  /** From the question to the request for the model. */
  untilRequestMs: number
  firstTextMs: number
  /** A write was left in the channel's bucket when the first token came. */
  hadSlot: boolean
  endedAt: number
  /** From the last token to the complete text; undefined when it never was. */
  finalMs: number | undefined
  ages: Float32Array
  /** As the asker sees it. */
  askerAges: Float32Array
  meanAgeMs: number
  lost: number
  doubled: number
  isSame: boolean
}>

/** What is known of the answers of one scenario. An answer whose model was never asked, or that broke, is left out. */
export function judge({ stage, channels }: Played, calls: ReadonlyMap<string, Call>): readonly Judged[] {
  const writes = stage.writes()
  return channels.flatMap(channel =>
    channel.answers.flatMap(answer => {
      const call = calls.get(answer.key)
      return call?.outcome === 'finished' ? [judgeAnswer(stage, channel, answer, call, writes)] : []
    }),
  )
}

function judgeAnswer(
  stage: Stage,
  channel: PlayedChannel,
  { key, plan, letters, askedAt }: PlayedAnswer,
  call: Call,
  writes: readonly LoggedWrite[],
): Judged {
  const generated = generatedOf(plan.trace, call)
  const [firstAt, endedAt] = [generated[0]?.at ?? Number.NaN, generated.at(-1)?.at ?? Number.NaN]
  const messages = messagesOf(letters, stage.messages(channel.id))
  const film = filmOf(letters, messages)
  const standing = messages.filter(({ isDeleted }) => !isDeleted)
  const contents = standing.filter(({ file }) => file === '').map(({ frames }) => frames.at(-1)?.content ?? '')
  const files = standing.filter(({ file }) => file !== '').map(({ file }) => file)
  const isSame = sameText(plan.trace.tokens.join(''), contents, files).same
  const wholeAt = film.find(scene => scene.letters === letters.length)?.at
  const end = Math.max(endedAt, wholeAt ?? 0)
  const ages = agesOf(generated, film, end)
  return {
    key,
    channel: channel.id,
    generated,
    film,
    untilRequestMs: call.receivedAt - askedAt(),
    firstTextMs: (film.find(scene => scene.letters > 0)?.at ?? Number.NaN) - firstAt,
    // In Slack no two answers of the bench begin in one channel, and posts count by channel.
    hadSlot: stage.platform === 'slack' || slotsAt(writes, channel.id, 'POST', firstAt).remaining > 0,
    endedAt,
    finalMs: wholeAt === undefined ? undefined : Math.max(0, wholeAt - endedAt),
    ages,
    askerAges: agesOf(generated, filmOf(letters, messages, 'asker'), end),
    meanAgeMs: meanOf(ages),
    ...compareLetters(plan.trace.tokens.join(''), [...contents, ...files].join('')),
    isSame,
  }
}

/** When each token was there: as planned, and never before the server really had sent its first and last one. */
function generatedOf({ tokens, gapsMs }: PlayedAnswer['plan']['trace'], call: Call): readonly Generated[] {
  const first = call.firstTokenAt ?? 0
  let due = (call.startedAt ?? 0) + ttftMs
  let letters = 0
  return tokens.map((token, index) => {
    due += index === 0 ? 0 : (gapsMs[index - 1] ?? 0)
    letters += lettersOf(token).length
    const isLast = index === tokens.length - 1
    return { at: Math.max(due, first, isLast ? (call.endedAt ?? 0) : 0), letters }
  })
}

/** What the channel's bucket had left at that time, and when it would be full again. */
export function slotsAt(
  writes: readonly LoggedWrite[],
  channel: string,
  method: LoggedWrite['method'],
  at: number,
): Readonly<{ remaining: number; resetAt: number }> {
  const before = writes.findLast(
    write => write.channel === channel && write.method === method && write.at <= at && write.bucket !== undefined,
  )
  const isOpen = before?.bucket !== undefined && before.bucket.resetAt > at
  return isOpen ? before.bucket : { remaining: fullBucket, resetAt: at + windowMs }
}

/** As the stand-in has it. */
const fullBucket = 5
const windowMs = 5_000
