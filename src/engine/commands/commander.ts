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
import type { Access } from '#src/engine/access/access.ts'
import type { AnswerParts } from '#src/engine/answer-parts.ts'
import type { Lanes } from '#src/engine/lanes.ts'
import type { ReactionTable } from '#src/engine/reactions/meaning-of.ts'
import type { Platform } from '#src/engine/recovery.ts'
import { writeNotice } from '#src/engine/write-notice.ts'
import { type Call, callOf, callOfAction } from './call.ts'
import type { CommandContext } from './command.ts'
import { CommandLimit } from './command-limit.ts'
import type { CommandParts } from './command-parts.ts'
import { createAnnounce } from './create-announce.ts'
import type { HouseFacts } from './house-facts.ts'
import type { IncognitoSweep } from './incognito-sweep.ts'
import { PrivateDoors } from './private-doors.ts'
import { commands } from './registry.ts'
import { runCommand, suggestFor } from './run-command.ts'

type Parts = AnswerParts &
  Readonly<{
    lanes: Lanes
    platforms: readonly Platform[]
    access: Access
    reactions: ReactionTable
    house?: HouseFacts | undefined
    sweep: IncognitoSweep
    abort: AbortSignal
  }>

/** Takes the commands that people give, in whatever form a platform brings them. */
export interface Commander {
  /** One that somebody wrote as a message. It is no part of the talk: it is done and told, not recorded. */
  obey(event: MessageEvent, call: Call): Promise<void>
  /** A no that was said while nobody listened. A DM is told so; in a channel, where others would read it by now, it just counts. */
  heed(event: MessageEvent, no: Call): Promise<void>
  /** One of the platform's own form. */
  answer(event: ControlEvent): Promise<void>
  /** One that a button asks for; `undefined`: it is another button. */
  tapped(event: ControlEvent): Promise<void> | undefined
  suggest(event: CompletingEvent): Promise<void>
}

const sorry = 'That did not work: something of mine broke. Nothing was changed halfway; try again in a moment.'
const tooMany = 'Those are a lot of commands at once. Nothing has changed; try again in a minute.'
const linkWithinMs = 1_500

export function createCommander(parts: Parts): Commander {
  const { abort, log } = parts
  const own = partsOf(parts)
  const announce = createAnnounce(parts)
  const limit = new CommandLimit()
  const doors = new PrivateDoors()

  type Said = Pick<CommandContext, 'key' | 'place' | 'person' | 'at'>
  type How = Readonly<{ about: MessageId | undefined; isTapped?: boolean; isWritten?: boolean }>
  async function run(said: Said, call: Call, how: How, respond: PrivateAnswer) {
    const { about, isTapped = false, isWritten = false } = how
    const { key, place, person, at } = said
    const taken = limit.take(person.id, own.clock.now().getTime())
    // A command of the platform's own form waits for a word in any case; words get none after the first.
    if (taken === 'refused' || (taken === 'refused again' && !isWritten)) await respond(tooMany, abort)
    if (taken !== 'taken') return
    const context = {
      ...own,
      key,
      place,
      person,
      at,
      about,
      isTapped,
      announce: (text: string) => announce(said, text),
      keepDoor: (until: Date) => doors.keep(person.id, respond, until),
      tellOther: (other: PersonId, words: PrivateWords) => doors.tell(other, words, own.clock.now(), abort),
    }
    const words = await runCommand(context, call).catch(error => {
      log.error({ err: error, verb: call.verb }, 'a command could not be carried out')
      return sorry
    })
    await respond(words, abort)
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

  async function obey(event: MessageEvent, call: Call, respond: PrivateAnswer): Promise<void> {
    if (!(await isNews(event))) return
    await run(event, call, { about: pointedAt(event), isWritten: true }, respond)
  }

  return {
    obey: (event, call) => obey(event, call, event.respond ?? openly(event)),
    heed: (event, no) => obey(event, no, isShared(event.place) ? toldNobody : openly(event)),
    answer: async event => {
      const { control } = event
      if (control.type !== 'command') return
      await run(event, callOf(control.verb, control.words), { about: control.message }, event.respond)
    },
    tapped(event) {
      const call = event.control.type === 'button' ? callOfAction(event.control.action) : undefined
      return call && run(event, call, { about: undefined, isTapped: true }, event.respond)
    },
    async suggest({ key, place, person, at, verb, typed, suggest }) {
      const context = { ...own, key, place, person, at, about: undefined, isTapped: false, ...toNobody }
      await suggest(await suggestFor(context, verb, typed), abort)
    },
  }
}

const toldNobody: PrivateAnswer = async () => {}

/** While somebody types, nobody is told anything. */
const toNobody = { announce: async () => false, keepDoor: () => {}, tellOther: async () => false }

function partsOf({
  store,
  access,
  learning,
  clock,
  timeZone,
  reactions,
  house,
  lanes,
  platforms,
  model,
  sweep,
  persona,
  personas,
}: Parts): CommandParts {
  return {
    access,
    personas: { at: persona, all: personas ?? (() => []) },
    store,
    learning,
    clock,
    timeZone,
    commands,
    reactions,
    house: house ?? {
      version: 'of nobody knows',
      model: 'a model',
      modelAt: ['a machine of its operator'],
      startedAt: clock.now(),
      isModelThere: signal => model.available(signal).then(isSo, isNot),
      keepsDays: () => 0,
    },
    answers: {
      stop: at => lanes.stopBelow(at),
      stopAll: person => lanes.leave(person.id),
      count: () => lanes.count,
    },
    watchIncognito: () => sweep.watch(),
    link: async message => {
      const platform = platforms.find(one => message.startsWith(`${one.platform}:`))
      return await platform?.link?.(message, AbortSignal.timeout(linkWithinMs)).catch(() => undefined)
    },
  }
}

const isSo = () => true
const isNot = () => false

/** The answer of ours that somebody replied to with the command. */
function pointedAt({ message }: MessageEvent): MessageId | undefined {
  return message.quotes.find(({ own }) => own)?.message
}

/** The same for every delivery of the event, within what the key of a write may be: events' keys end in the platform's own id. */
function keyFor({ key }: MessageEvent): string {
  return `c${key.replace(/\W/g, '').slice(-20)}`
}
