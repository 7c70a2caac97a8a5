import type { ChatMessage } from '#playground/vllm-server/chat-template.ts'
import { replyTo } from './intents.ts'
import { remember } from './memory.ts'
import { readQuestion } from './newest-question.ts'
import { phrasebook } from './phrasebook.ts'
import { shapeSaid } from './said.ts'
import { readStandingLines } from './standing-lines.ts'

type VoicePrompt = Readonly<{
  messages: readonly ChatMessage[]
  continueFinalMessage: boolean
  /** Asks for one of the many answers that a prompt may get. */
  seed?: number | undefined
}>

/** What is said, and what a thinking mode would show of how it came about. */
type VoiceAnswer = Readonly<{ text: string; reasoning: string }>

/** Answers a prompt: the same prompt, seed and all, always gets the same answer. */
export type Voice = (prompt: VoicePrompt) => VoiceAnswer

/**
 * The voice of the stand-in: a small persona made of rules. It answers to what was said, obeys the standing lines of the
 * prompt, remembers what the prompt's history says, and never claims to be a model.
 */
export const defaultVoice: Voice = ({ messages, continueFinalMessage }) => {
  const last = messages.at(-1)
  const isContinued = continueFinalMessage && last?.role === 'assistant'
  const given = isContinued ? messages.slice(0, -1) : messages
  const text = answerTo(given)
  const reasoning = 'The newest message decides. I am a script, so I take the sentence that fits it best.'
  return { text: isContinued ? restOf(text, last.content) : text, reasoning }
}

function answerTo(messages: readonly ChatMessage[]): string {
  const question = readQuestion(messages)
  const system = messages.filter(message => message.role === 'system').map(message => message.content)
  const rules = [...system, question.notes].join('\n')
  const standing = readStandingLines(rules)
  const memory = remember(rules, question.said)
  const name = standing.name ?? memory.get('name') ?? question.speaker
  const persona = /\bYou are (\p{Lu}[\p{L}\p{M}-]+)/u.exec(rules)?.[1] ?? 'the assistant'
  const phrases = phrasebook[standing.language ?? 'en']
  const said = replyTo({ question, memory, name, persona, phrases })
  const text = shapeSaid(said, { ...standing, ...wishIn(question.text) })
  const isFirst = !messages.some(message => message.role === 'assistant')
  return isFirst && !said.isExact ? `${text}\n\n${phrases.tag}` : text
}

// What the question itself asks for outdoes every standing line.
function wishIn(question: string) {
  if (/\b(?:in one sentence|in a word|briefly|in short)\b/i.test(question)) return { length: 'short' as const }
  return /\b(?:in detail|at length)\b/i.test(question) ? { length: 'long' as const } : {}
}

/** What follows a beginning that is already there. */
function restOf(whole: string, beginning: string): string {
  if (whole.startsWith(beginning)) return whole.slice(beginning.length)
  return beginning.endsWith(' ') ? 'and that is the rest of it.' : ' and that is the rest of it.'
}
