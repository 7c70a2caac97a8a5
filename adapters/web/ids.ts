import { hash, randomBytes } from 'node:crypto'
import { conversationId, type MessageId, messageId } from '#src/core/ids.ts'
import type { Place } from '#src/core/place.ts'
import { platform } from './platform-name.ts'

const talkBytes = 12
const turnBytes = 8

/** A conversation as its address names it: nobody guesses one. */
export function newTalkId(): string {
  return randomBytes(talkBytes).toString('hex')
}

export const talkPattern = /^[0-9a-f]{24}$/
/** The conversation, and what was asked in it. */
export const turnPattern = /^([0-9a-f]{24})-[0-9a-f]{16}$/
export const messagePattern = /^web:-:([0-9a-f]{24})\/[\w:-]{1,80}$/

/** What one question and all that answers it is called. The same words of a client that tries again give the same id. */
export function turnIdOf(talk: string, person: string, retryKey: string | undefined): string {
  const own =
    retryKey === undefined
      ? randomBytes(turnBytes).toString('hex')
      : hash('sha256', `${person}\0${retryKey}`, 'hex').slice(0, 2 * turnBytes)
  return `${talk}-${own}`
}

/** Where that talk is said: a DM of its own. */
export function placeOf(talk: string): Place {
  return { platform, workspace: undefined, channel: talk, thread: undefined, audience: 'dm' }
}

export function conversationOfTalk(talk: string) {
  return conversationId(placeOf(talk))
}

export function questionOf(turn: string): MessageId {
  const [, talk = ''] = turnPattern.exec(turn) ?? []
  return messageId(platform, undefined, talk, turn)
}
