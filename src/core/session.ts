import type { Id } from './ids.ts'

/** One stretch of talk of one person in one conversation; half an hour of silence ends it. */
export type SessionId = Id<'session'>

export type Session = Readonly<{ id: SessionId; startedAt: Date; lastAt: Date }>
