import {
  type CompletingEvent,
  type ControlEvent,
  type MessageEvent,
  type PrivateAnswer,
  type PrivateWords,
  toldInWords,
} from '#src/core/event.ts'
import type { MessageId, PersonId } from '#src/core/ids.ts'
import { isShared } from '#src/core/place.ts'
import type { Intake } from '#src/engine/intake.ts'
import { writeNotice } from '#src/engine/write-notice.ts'
import { type Call, callOf, callOfAction } from './call.ts'
import type { CommandContext } from './command.ts'
import { CommandLimit } from './command-limit.ts'
import { type CommanderParts, commandPartsOf } from './command-parts-of.ts'
import { createAnnounce } from './create-announce.ts'
import { NewestCommands } from './newest-commands.ts'
import { PrivateDoors } from './private-doors.ts'
import { findCommand } from './registry.ts'
import { runCommand, suggestFor } from './run-command.ts'

type Parts = CommanderParts & Readonly<{ intake: Intake; abort: AbortSignal }>

/** Takes the commands that people give, in whatever form a platform brings them. */
export interface Commander {
  /** One that somebody wrote as a message. It is no part of the talk: it is done and told, not recorded. */
  obey(event: MessageEvent, call: Call): Promise<void>
  /**
   * One that somebody wrote while nobody listened, unless they have set the same anew since: done behind what they said before it and told
   * to them alone. Where a platform has no way to do that, others would read it by now: it just counts.
   */
  heed(event: MessageEvent, call: Call): Promise<void>
  /** One of the platform's own form. */
  answer(event: ControlEvent): Promise<void>
  /** One that a button asks for; `undefined`: it is another button. */
  tapped(event: ControlEvent): Promise<void> | undefined
  suggest(event: CompletingEvent): Promise<void>
}

const sorry = 'That did not work: something of mine broke. Nothing was changed halfway; try again in a moment.'
const tooMany = 'Those are a lot of commands at once. Nothing has changed; try again in a minute.'

export function createCommander(parts: Parts): Commander {
  const { abort, log, intake } = parts
  const own = commandPartsOf(parts)
  const announce = createAnnounce(parts)
  const limit = new CommandLimit()
  const newest = new NewestCommands()
  const doors = new PrivateDoors()

  /** Each command in its turn; only one that ends an answer comes before what was said ahead of it. */
  async function inTurn(said: Said, call: Call, carryOut: () => Promise<Tell>): Promise<void> {
    const isAtOnce = findCommand(call.verb)?.isAtOnce ?? false
    // Nobody's next words wait until this person has read the answer.
    const tell = await (isAtOnce ? carryOut() : intake.command(said, carryOut))
    await tell()
  }

  async function run(said: Said, call: Call, how: How, respond: PrivateAnswer): Promise<Tell> {
    const { about, isTapped = false, isWritten = false } = how
    const { key, place, person, at } = said
    const taken = limit.take(person.id, own.clock.now().getTime())
    // A command of the platform's own form waits for a word in any case; words get none after the first.
    if (taken === 'refused' || (taken === 'refused again' && !isWritten)) return () => respond(tooMany, abort)
    if (taken !== 'taken') return tellNothing
    const saidAt = isWritten ? at : undefined
    // What its giver asked after it, it did not mean.
    const stop: typeof own.answers.stop = there => own.answers.stop(there, saidAt)
    const context = {
      ...own,
      answers: { ...own.answers, stop },
      key,
      place,
      person,
      at,
      saidAt,
      about,
      isTapped,
      announce: (text: string) => announce(said, text),
      keepDoor: (until: Date) => doors.keep(person.id, respond, until),
      tellOther: (other: PersonId, words: PrivateWords) => doors.tell(other, words, own.clock.now(), abort),
    }
    try {
      const words = await runCommand(context, call)
      newest.carriedOut(said, call)
      return () => respond(words, abort)
    } catch (error) {
      log.error({ err: error, verb: call.verb }, 'a command could not be carried out')
      return () => respond(sorry, abort)
    }
  }

  /** Told once more, a message shall not undo what was done since. A ledger that takes nothing holds up no command: that says so itself. */
  async function isNews({ key }: MessageEvent): Promise<boolean> {
    try {
      return await parts.store.revisions.once(key)
    } catch (error) {
      log.warn({ err: error }, 'that a command was given could not be written down')
      return true
    }
  }

  /** Where the platform has no way to tell one person alone, the answer stands where it was asked for. */
  function openly(event: MessageEvent): PrivateAnswer {
    let told = 0
    return async (words, signal) => {
      const { text, buttons, file } = toldInWords(words)
      const key = told === 0 ? keyFor(event) : `${keyFor(event)}:${told}`
      told += 1
      await writeNotice(parts, event.surface, { key, text, buttons }, signal)
      if (file) await event.surface.attach(file, `${key}:f`, signal)
    }
  }

  async function obey(event: MessageEvent, call: Call, respond: PrivateAnswer): Promise<Tell> {
    if (!(await isNews(event))) return tellNothing
    return await run(event, call, { about: pointedAt(event), isWritten: true }, respond)
  }

  return {
    obey: (event, call) => inTurn(event, call, () => obey(event, call, event.respond ?? openly(event))),
    heed: async (event, call) => {
      if (newest.isOvertaken(event, call)) return void (await isNews(event))
      const respond = event.respond ?? (isShared(event.place) ? toldNobody : openly(event))
      const tell = await obey(event, call, respond)
      // Whoever reads what was missed reads on: it is done, whether or not they can be told.
      parts.lanes.own(tell)
    },
    answer: async event => {
      const { control } = event
      if (control.type !== 'command') return
      const call = callOf(control.verb, control.words)
      await inTurn(event, call, () => run(event, call, { about: control.message }, event.respond))
    },
    tapped(event) {
      const call = event.control.type === 'button' ? callOfAction(event.control.action) : undefined
      return call && inTurn(event, call, () => run(event, call, { about: undefined, isTapped: true }, event.respond))
    },
    async suggest({ key, place, person, at, verb, typed, suggest }) {
      const context = {
        ...own,
        key,
        place,
        person,
        at,
        saidAt: undefined,
        about: undefined,
        isTapped: false,
        ...toNobody,
      }
      await suggest(await suggestFor(context, verb, typed), abort)
    },
  }
}

type Said = Pick<CommandContext, 'key' | 'place' | 'person' | 'at'>
type How = Readonly<{ about: MessageId | undefined; isTapped?: boolean; isWritten?: boolean }>

/** A command is carried out: tells its giver. */
type Tell = () => Promise<void>
const tellNothing: Tell = async () => {}
const toldNobody: PrivateAnswer = async () => {}

/** While somebody types, nobody is told anything. */
const toNobody = { announce: async () => false, keepDoor: () => {}, tellOther: async () => false }

/** The answer of ours that somebody replied to with the command. */
function pointedAt({ message }: MessageEvent): MessageId | undefined {
  return message.quotes.find(({ own }) => own)?.message
}

/** The same for every delivery of the event, within what the key of a write may be: events' keys end in the platform's own id. */
function keyFor({ key }: MessageEvent): string {
  return `c${key.replace(/\W/g, '').slice(-20)}`
}
