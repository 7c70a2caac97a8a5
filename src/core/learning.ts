import type { Claim, Slot } from './claim.ts'
import type { AnswerRef, Opinion, OpinionCraft } from './feedback.ts'
import type { ConversationId, MessageId, PersonId, TurnId } from './ids.ts'
import type { Place } from './place.ts'
import type { Awaitable } from './store.ts'

declare const kind: unique symbol
type Id<Kind extends string> = string & { readonly [kind]: Kind }

/** What never mixes: a Slack team, a Discord guild; a platform's DMs that belong to none. */
export type WorkspaceId = Id<'workspace'>

/**
 * Who may hear again what was learnt, decided by where it was said, at the time it was said: `dm`, `public`,
 * `private:CHANNEL`, `external:CHANNEL`; of a thread with fewer readers than its channel `private:CHANNEL/THREAD`. `style` tells nothing about anybody and travels through the whole workspace.
 */
export type LearningScope = Id<'learning scope'>

/** One stretch of talk of one person in one conversation; half an hour of silence ends it. */
export type SessionId = Id<'session'>
export type TraitId = Id<'trait'>
export type JobId = Id<'job'>

/** Every question about what is known of somebody says whose, in which workspace, and what the asking place may hear. */
export type Sight = Readonly<{ person: PersonId; workspace: WorkspaceId; scopes: readonly LearningScope[] }>

export const signalKinds = [
  'strong reaction',
  'mild reaction',
  'regenerated',
  'asked again',
  'stopped',
  'thanks',
  'inferred',
  'behaviour',
] as const
export type SignalKind = (typeof signalKinds)[number]

/** What undoes a signal: one message, or one reaction of one person. `retract` takes all signals of a source at once. */
export type SignalSource = Id<'signal source'>

/** One dated, weighted piece of evidence. It counts `weight · 2^(-age / halfLifeMs)` for the value, or against it when negative. */
export type Signal = Readonly<{
  kind: SignalKind
  /** What it is evidence on: a slot of style (then it travels as `style`), or a name of our own such as `topic`. */
  key: string
  /** One of few fixed words, never a person's own. */
  value: string
  weight: number
  halfLifeMs: number
  at: Date
  source: SignalSource
  /** The message it is about, of the person or of Aeries: when that is deleted, the signal goes as well. */
  message: MessageId
  /** The same happening told twice counts once. */
  dedupe: string
}>

/** A validated claim, ready to be weighed. */
export type Statement = Readonly<{
  claim: Claim
  /** When it was said, by the platform's clock. */
  at: Date
  weight: number
  /** `undefined`: it counts until something supersedes it. */
  halfLifeMs: number | undefined
  /** The stems of the value, without stop words: two of one slot that share most of them are about the same thing. */
  head: readonly string[]
  /** The stems by which a later message finds it. */
  terms: readonly string[]
}>

/** What one exchange taught about its asker. It is written as a whole, or not at all. */
export type Lesson = Readonly<{
  person: PersonId
  workspace: WorkspaceId
  /** Where it was said. */
  scope: LearningScope
  session: SessionId
  statements: readonly Statement[]
  signals: readonly Signal[]
}>

/** `forgotten`: their message is gone, or they had just this forgotten after they said it. */
export type Learnt = Readonly<{ statements: number; signals: number; forgotten: number }>

/** `active`: it may be told. `superseded`: something newer took its place. `expired`: too many others matter more. */
export type TraitStatus = 'active' | 'superseded' | 'expired'

/** A slot and its value, with what speaks for it. */
export type Trait = Readonly<{
  id: TraitId
  scope: LearningScope
  slot: Slot
  value: string
  polarity: 1 | -1
  /** An instruction or a correction: it counts until they say otherwise. */
  isTold: boolean
  status: TraitStatus
  /** What speaks for it, as of `lastAt`, and how fast that fades. */
  mass: number
  halfLifeMs: number | undefined
  since: Date
  lastAt: Date
  /** In so many messages. */
  count: number
  until: Date | undefined
  /** Another value that they gave within a day of this one. */
  conflict: string | undefined
  supersededBy: TraitId | undefined
}>

/** The words that a trait rests on: what its owner may see of it. */
export type Evidence = Readonly<{ message: MessageId; place: Place | undefined; at: Date; quote: string }>

/** How a value of a key stands at a time: `preference` in (-1, 1), `confidence` in [0, 1). */
export type Reading = Readonly<{
  key: string
  value: string
  positive: number
  negative: number
  preference: number
  confidence: number
  /** So many signals. */
  count: number
  /** It went over the upper threshold and has not fallen below the lower one since. */
  isOn: boolean
}>

/** What the standing part of a brief is made of. Bounded, whoever it is about. */
export type BriefData = Readonly<{
  /** Active traits of S0 and S1, newest first in each slot. */
  slots: readonly Trait[]
  /** The readings of style. */
  dials: readonly Reading[]
  /** The active traits of S2 that matter most, strongest first. */
  facts: readonly Trait[]
}>

/** A fact that shares words with a message; `relevance` is its BM25 sum among what may be heard there. */
export type Match = Readonly<{ trait: Trait; relevance: number }>

/** All that is known of somebody in one workspace, for themself alone. */
export type Known = Readonly<{
  traits: readonly (Trait & Readonly<{ evidence: readonly Evidence[] }>)[]
  readings: readonly (Reading & Readonly<{ scope: LearningScope }>)[]
}>

export type Session = Readonly<{ id: SessionId; startedAt: Date; lastAt: Date }>

/** One exchange for the observer: what the person said, and what they were answered. */
export type Exchange = Readonly<{
  turn: TurnId
  place: Place
  said: readonly Readonly<{ message: MessageId; text: string; at: Date }>[]
  reply: Readonly<{ text: string; at: Date }>
  session: SessionId
}>

/** Exchanges of one session, heard by the same people, oldest first. */
export type ObserverJob = Readonly<{
  ids: readonly JobId[]
  person: PersonId
  conversation: ConversationId
  workspace: WorkspaceId
  scope: LearningScope
  /** How often it failed already. */
  attempts: number
  exchanges: readonly Exchange[]
}>

export type JobCounts = Readonly<{ waiting: number; dead: number; oldest: Date | undefined }>

/**
 * What is learnt about people. Each method is one unit of work: it happens wholly or not at all. Of a person who was forgotten, or
 * of a message that was, nothing is written any more.
 */
export interface Learning {
  /**
   * Writes a lesson down: evidence, traits, signals, aggregates, the words to find them by; closes the jobs it came from, and moves the
   * revision of each scope whose standing brief has to change at once (an instruction, a correction, style or identity said
   * outright, a dial moved by feedback). When one of the jobs is gone, because the person had it forgotten, nothing is written.
   * `staysOpen`: there may be more to learn from them, they are not closed.
   */
  learn(lesson: Lesson, jobs: readonly JobId[], staysOpen?: boolean): Awaitable<Learnt>
  /** One signal outside of an exchange: a reaction, a stop, a regeneration. `known`: told before. */
  writeSignal(about: Omit<Lesson, 'statements' | 'signals'>, signal: Signal): Awaitable<'new' | 'known'>
  /** Takes back all that came from a source, or from a message: as if it had never been. Returns whether there was anything. */
  retract(person: PersonId, from: SignalSource | MessageId): Awaitable<boolean>
  /**
   * Notes a person's word on an answer, or takes it back, and lets count what all their words on it are evidence of now instead of
   * what they were before. `known`: nothing changes by it; it was told before, something later says otherwise, or somebody or something
   * was forgotten.
   */
  hearOpinion(opinion: Opinion, craft: OpinionCraft): Awaitable<'new' | 'known'>
  /** Where an answer of Aeries stands, and as whom it was given, once it was; `undefined`: it is none, or it is gone. */
  findAnswer(on: AnswerRef): Awaitable<Readonly<{ place: Place; persona: string | undefined }> | undefined>
  /** Takes back what anybody said of an answer by a reaction on that message, or by that one. Returns how many words that were. */
  clearOpinions(message: MessageId, sign: string | undefined, at: Date, craft: OpinionCraft): Awaitable<number>

  /** How the values of a key (or of all keys) stand at a time, summed over what may be heard. */
  readAggregate(sight: Sight, at: Date, key?: string): Awaitable<readonly Reading[]>
  /** Makes the aggregates and traits of a person anew from the log. They were the same before, or something is broken. */
  rebuild(person: PersonId): Awaitable<void>

  /** The session of that person in that place at that time: the running one, or a new one after half an hour of silence. */
  startSession(person: PersonId, place: Place, at: Date): Awaitable<Session>
  /** A mood or a task of the moment; it fades within hours and goes with the session. */
  sessionSignal(session: SessionId, signal: Signal): Awaitable<void>
  closeSession(session: SessionId, at: Date): Awaitable<void>

  /** Equal revisions: a standing brief made before still holds. Only what may be heard moves it. */
  revision(sight: Sight): Awaitable<string>
  briefData(sight: Sight, at: Date): Awaitable<BriefData>
  /** The best matches for the stems of a message, most relevant first. */
  recall(sight: Sight, terms: readonly string[], at: Date, limit: number): Awaitable<readonly Match[]>
  /** Mood and task of the running session of that person in that place. */
  sessionReadings(sight: Sight, conversation: ConversationId, at: Date): Awaitable<readonly Reading[]>

  known(person: PersonId, workspace: WorkspaceId, at: Date): Awaitable<Known>
  workspaces(person: PersonId): Awaitable<readonly WorkspaceId[]>
  /** Forgets a trait with its evidence. What was said before now does not bring it back; saying it again does. `false`: not theirs, or gone. */
  forgetTrait(person: PersonId, trait: TraitId, at: Date): Awaitable<boolean>
  /** The same for all signals on a key. */
  forgetKey(person: PersonId, workspace: WorkspaceId, key: string, at: Date): Awaitable<boolean>

  /** The oldest job that may be tried, with up to so many exchanges; it is taken until parked, failed, learnt or released. */
  nextJob(at: Date, exchanges: number): Awaitable<ObserverJob | undefined>
  /** When the next waiting job may be tried, if one waits. */
  nextJobAt(): Awaitable<Date | undefined>
  /** Puts jobs back without counting a try. */
  park(jobs: readonly JobId[], until: Date): Awaitable<void>
  /** Puts jobs back and counts a try. */
  fail(jobs: readonly JobId[], reason: string, until: Date): Awaitable<void>
  /** Gives jobs up; they stay, with the reason, until somebody looks. */
  deadLetter(jobs: readonly JobId[], reason: string): Awaitable<void>
  /** At a start: what a process before this one had taken waits again. Returns how many. */
  releaseJobs(): Awaitable<number>
  /** Gives up the oldest waiting jobs beyond so many, with that reason. Returns how many. */
  dropJobs(beyond: number, reason: string): Awaitable<number>
  jobs(): Awaitable<JobCounts>

  /**
   * Takes out some of what is of no use any more: jobs given up, sessions, things of a while, all long past. What can count again when
   * something else is taken back stays. A step of milliseconds; returns whether there may be more to do.
   */
  tidy(at: Date): Awaitable<boolean>
}

export function workspaceOf(place: Place): WorkspaceId {
  return `${place.platform}:${place.workspace ?? '-'}` as WorkspaceId
}

/** Travels through the whole workspace. */
export const styleScope = 'style' as LearningScope
/** What was said in a DM. */
export const dmScope = 'dm' as LearningScope
const publicScope = 'public' as LearningScope

/** The scope of what is said there now. */
export function scopeHeardIn(place: Place): LearningScope {
  switch (place.audience) {
    case 'dm':
      return dmScope
    case 'public':
      return publicScope
    case 'private':
    case 'external':
      return `${place.audience}:${circleOf(place)}` as LearningScope
    default:
      return place.audience satisfies never
  }
}

/**
 * What may be told in a reply there. What was said in a closed channel is told in that channel alone, not in its speaker's DM either: whether
 * they are still in it nobody knows at the time without asking the platform, which no reply waits for.
 * What was said while a channel was closed to other workspaces stays untold once it is open to them.
 */
export function scopesTellableIn(place: Place): readonly LearningScope[] {
  const here = scopeHeardIn(place)
  switch (place.audience) {
    case 'dm':
      return [styleScope, dmScope, publicScope]
    case 'private':
      return [styleScope, publicScope, ...closedScopes(circleOf(place))]
    case 'public':
    case 'external':
      return [styleScope, here]
    default:
      return place.audience satisfies never
  }
}

/** Who reads along. A thread apart has the same name for nobody else; whether its channel is open nobody says, so it hears nothing from there. */
function circleOf({ channel, thread, apart }: Place): string {
  return apart && thread !== undefined ? `${channel}/${thread}` : channel
}

function closedScopes(channel: string): readonly LearningScope[] {
  return [`private:${channel}`, `external:${channel}`] as LearningScope[]
}

export function signalSource(id: string): SignalSource {
  return id as SignalSource
}
