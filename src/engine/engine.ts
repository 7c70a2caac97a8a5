import { type AccessSettings, openToAll } from '#src/core/access.ts'
import type { ControlEvent, Event, MessageEvent, OwnEvent } from '#src/core/event.ts'
import { conversationOf } from '#src/core/place.ts'
import { untold } from '#src/core/telemetry.ts'
import type { Reply, Turn } from '#src/core/turn.ts'
import { Access } from './access/access.ts'
import { countTokens } from './access/count-tokens.ts'
import { Door } from './access/door.ts'
import type { AnswerParts } from './answer-parts.ts'
import { apologise } from './apologise.ts'
import { callIn, noIn } from './commands/call-in.ts'
import { createCommander } from './commands/commander.ts'
import type { HouseFacts } from './commands/house-facts.ts'
import { IncognitoSweep } from './commands/incognito-sweep.ts'
import { createControls } from './controls/create-controls.ts'
import { DraftBook } from './draft-book.ts'
import type { Heard } from './exchange.ts'
import { Farewell } from './farewell.ts'
import { type ImageMode, TurnFiles } from './files/turn-files.ts'
import { Intake } from './intake.ts'
import type { LaneParts } from './lane-parts.ts'
import { Lanes } from './lanes.ts'
import { createOpenExchange } from './open-exchange.ts'
import { namesAt } from './persona-of.ts'
import type { Platform } from './platform.ts'
import { createHearReaction } from './reactions/hear-reaction.ts'
import { createHearTap } from './reactions/hear-tap.ts'
import type { ReactionTable } from './reactions/meaning-of.ts'
import { createReactionTable } from './reactions/reaction-table.ts'
import { Recovery } from './recovery.ts'
import { Removals } from './removals.ts'
import { createLeaving } from './retention/create-leaving.ts'
import { RetentionSweep } from './retention/retention-sweep.ts'

export type EngineParts = AnswerParts &
  Readonly<{
    /** The platforms that are on. */
    platforms: readonly Platform[]
    /** How long somebody waits for an answer, in ms; 15 minutes unless said. */
    patienceMs?: number
    /** Who may ask, and how much; everybody, as much as they like, unless said. */
    access?: AccessSettings
    /** What emoji mean; the usual unless said. */
    reactions?: ReactionTable
    /** Whether the model is given images; it is found out unless said. */
    images?: ImageMode
    /** What it says of itself. */
    house?: HouseFacts
    /** A turn is closed. Nothing here waits for what follows from it. */
    onTurn(turn: Turn, reply: Reply): void
  }>

/**
 * The conversation: takes events, answers what is said to Aeries. Disposing lets running answers finish for a while, and takes
 * 3.5 s at most from then, or from `windDown` on.
 */
export interface Engine extends AsyncDisposable {
  event(event: Event): void
  /** Reads what the process before left open, before the doors open: from now on new words of its askers queue up behind it. */
  recall(): Promise<void>
  /** The platform is connected: goes on with what was left open there, and asks it for what was said meanwhile. */
  resume(platform: string): void
  /** The stop begins: what is still told is written down, and the next process answers it. */
  windDown(): void
}

/** So soon after a message of our own the ledger knows it, whichever process of ours sent it. */
const ledgerKnowsWithinMs = 5_000

const secondSpeaker = 'another process speaks with our token'
const endTheOther = 'end the other process, or give it a token of its own: people get two answers'

/** Puts the parts of the conversation together, and says which of them takes which event. */
export function createEngine(parts: EngineParts): Engine {
  const { store, clock, log, telemetry = untold, learning } = parts
  const consent = learning?.consent
  const reactions = parts.reactions ?? createReactionTable()
  const farewell = new Farewell(clock)
  const { closing, abort } = farewell.signals
  const { platforms } = parts
  const removals = new Removals({ revisions: store.revisions, platforms, clock, log })
  const onRemovals = (platform: string) => lanes.own(() => removals.run(platform, closing))
  const openExchange = createOpenExchange(platforms)
  const access = new Access({ store, clock, settings: parts.access ?? openToAll })
  const counting = countTokens(telemetry, access, task => lanes.own(task))
  const told = { telemetry: counting, openExchange, onRemovals }
  const files = new TurnFiles({
    clock,
    images: parts.images ?? 'auto',
    charge: (person, place, times) => access.charge({ person, place, times }),
  })
  const drafts = new DraftBook(store.turns, clock)
  const laneParts: LaneParts = { ...parts, ...told, ...farewell.signals, drafts, files }
  const lanes = new Lanes(laneParts)
  const door = new Door({ ...parts, access, own: task => lanes.own(task), abort })
  // What it reads for an answer that does not begin any more the next process reads itself.
  const recovery = new Recovery({ ...laneParts, stop: closing }, platforms, {
    lanes,
    removals,
    door,
    heed: (event, call) => commander.heed(event, call),
  })
  const controls = createControls({ ...laneParts, access, lanes }, ({ place }) => namesAt(parts, place))
  const intake = new Intake({ clock, caughtUp: platform => recovery.caughtUp(platform) })
  let isOpen = true
  const incognito = new IncognitoSweep({ store, clock, log })
  const retention = new RetentionSweep({
    store,
    clock,
    log,
    keepsDays: parts.house?.keepsDays ?? (() => 0),
    leave: person => lanes.leave(person),
  })
  const leaving = createLeaving({ store, platforms, lanes, retention, log })
  const commander = createCommander({
    ...parts,
    intake,
    access,
    lanes,
    reactions,
    sweep: incognito,
    abort,
  })
  const hearReaction = createHearReaction({
    store,
    table: reactions,
    feedback: learning?.feedback,
    act: controls.act,
  })
  const hearTap = createHearTap({ store, clock, feedback: learning?.feedback })

  /** What has its place in the order of things already. */
  const own = (begun: Promise<void>) => lanes.own(() => begun)

  function hear(event: MessageEvent): void {
    const { message } = event
    const call = message.addressed ? callIn(message) : noIn(message)
    if (call) {
      own(commander.obey(event, call).finally(() => event.surface.over?.()))
      return
    }
    if (!message.addressed) {
      // Words to others are nobody's business, unless an admin lets Aeries listen there.
      own(intake.words(event.person.id, async () => void (await door.receive(event))))
      return
    }
    const stopped = controls.stopped(event)
    if (stopped !== undefined) {
      lanes.own(() => stopped.finally(() => event.surface.over?.()))
      return
    }
    const heard = { ...event, acceptedAt: clock.now().getTime() }
    // Whatever else asks the model gives way from here on: by the time the reply asks, the place is free.
    const way = learning?.rightOfWay.claim()
    void intake.words(event.person.id, () => take(heard)).finally(() => way?.[Symbol.dispose]())
  }

  /** Somebody who is not heard is told so, without holding up who comes next. */
  async function take(event: Heard): Promise<void> {
    try {
      await recovery.caughtUp(event.place.platform)
      const conversation = conversationOf(event.place)
      const isCalledInto = event.place.thread !== undefined && !(await store.history.knows(conversation))
      const heard = await door.receive(event)
      if (heard && closing.aborted) heard.surface.over?.()
      else if (heard) lanes.hear([heard], isCalledInto)
    } catch (error) {
      lanes.own(() => apologise(parts, event.surface, error, abort).finally(() => event.surface.over?.()))
    }
  }

  /** What becomes of a control. Resolves once it is done or under way. */
  async function work(event: ControlEvent): Promise<void> {
    const { control } = event
    if (control.type === 'stop') return await controls.stop(event)
    if (control.type === 'command') return await commander.answer(event)
    const tapped = commander.tapped(event) ?? (isOpen ? (controls.tapped(event) ?? learn(event)) : undefined)
    if (tapped !== undefined) await tapped
    else if (isOpen) await recovery.answerAfterAll(event)
  }

  /** Somebody says by a button whether Aeries may learn from them, or judges an answer; `undefined`: it is another button. */
  function learn(event: ControlEvent): Promise<void> | undefined {
    const { control, person, place, respond } = event
    const choice = control.type === 'button' ? consent?.choiceOf(control.action) : undefined
    if (consent === undefined || choice === undefined) return hearTap(event)?.(abort)
    return Promise.resolve(consent.choose(person.id, place, choice, 'everywhere')).then(words => respond(words, abort))
  }

  async function alarm({ platform, message }: OwnEvent): Promise<void> {
    await clock.sleep(ledgerKnowsWithinMs, closing)
    if (await store.turns.showing(message)) return
    log.error({ platform, message, cure: endTheOther }, secondSpeaker)
    telemetry.tell({ type: 'alarm', name: 'second speaker', platform, cause: secondSpeaker, cure: endTheOther })
  }

  return {
    event(event) {
      switch (event.type) {
        case 'message':
          if (isOpen) hear(event)
          break
        case 'control':
          own(work(event).finally(() => event.settled?.()))
          break
        case 'completing':
          lanes.own(() => commander.suggest(event))
          break
        case 'gap':
          if (isOpen) recovery.catchUp(event.platform, event.since)
          break
        case 'own':
          if (isOpen) lanes.own(() => alarm(event))
          break
        case 'reaction':
        case 'reactions cleared':
          if (isOpen) lanes.own(() => hearReaction(event))
          break
        case 'edited':
        case 'deleted':
          // Behind the message that it is about, should that have come just now.
          if (isOpen) void intake.change(async () => lanes.own(() => controls.changed(event)))
          break
        case 'gone':
          if (isOpen) void intake.change(async () => lanes.own(() => leaving.gone(event)))
          break
        default:
          event satisfies never
      }
    },

    async recall() {
      await incognito.recall()
      await recovery.recall()
      retention.start()
    },
    resume(platform) {
      recovery.resume(platform)
      lanes.own(() => leaving.lookFor(platform))
    },

    windDown: () => farewell.begin(),

    async [Symbol.asyncDispose]() {
      isOpen = false
      farewell.begin()
      incognito[Symbol.dispose]()
      const idle = intake.idle().then(() => lanes.idle())
      const isOver = await farewell.until(Promise.all([retention[Symbol.asyncDispose](), idle]))
      if (!isOver) log.warn({}, 'something that was under way did not end in time')
    },
  }
}
