import type { Awaitable } from './awaitable.ts'
import type { AnswerRef, Opinion, OpinionCraft, Verdict } from './feedback.ts'
import type { ConversationId, MessageId, PersonId, TurnId } from './ids.ts'
import type { LearningScope, Sight } from './learning-scope.ts'
import type { Learnt, Lesson } from './lesson.ts'
import type { JobCounts, JobId, ObserverJob } from './observer-job.ts'
import type { Place } from './place.ts'
import type { Session, SessionId } from './session.ts'
import type { Reading, Signal, SignalSource } from './signal.ts'
import type { Evidence, Trait, TraitId } from './trait.ts'
import type { WorkspaceId } from './workspace.ts'

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
  /** What a person says by a button of the replies that those turns have now. A turn is missing: nothing, or it was taken back. */
  tappedOn(person: PersonId, turns: readonly TurnId[]): Awaitable<ReadonlyMap<TurnId, Verdict>>
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
