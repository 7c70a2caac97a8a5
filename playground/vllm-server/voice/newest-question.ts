import type { ChatMessage } from '#playground/vllm-server/chat-template.ts'

export type Question = Readonly<{
  /** What the newest message asks, without the notes around it. */
  text: string
  /** What the same person said since the last answer, the newest last: several messages can be one turn. */
  asked: readonly string[]
  /** Everything that the same person said in this prompt, oldest first. */
  said: readonly string[]
  /** Who asks, where the prompt names speakers. */
  speaker: string | undefined
  /** What the prompt added to the newest message: date, time, names. Quoted words are left out: they are somebody else's. */
  notes: string
}>

type Turn = Readonly<{ text: string; speaker: string | undefined; notes: string }>

/** Finds what is asked now, and what the asker said before. */
export function readQuestion(messages: readonly ChatMessage[]): Question {
  const lastAnswer = messages.findLastIndex(message => message.role === 'assistant')
  const last = messages.findLast(message => message.role === 'user')?.content ?? ''
  // A prompt that tells what goes on says who asks, where more than one can: without that, "Note: ..." is no speaker.
  const namesSpeakers = !last.includes('<context>') || last.includes('Asking now:')
  const turns = messages.flatMap((message, at) => {
    return message.role === 'user' ? [{ ...readTurn(message.content, namesSpeakers), isNew: at > lastAnswer }] : []
  })
  const newest = turns.at(-1) ?? { text: '', speaker: undefined, notes: '', isNew: false }
  const own = turns.filter(turn => turn.speaker === newest.speaker)
  return {
    text: newest.text,
    asked: own.filter(turn => turn.isNew).map(turn => turn.text),
    said: own.map(turn => turn.text),
    speaker: newest.speaker,
    notes: newest.notes,
  }
}

/**
 * Takes one turn apart. Prompts add a tail (a block in tags, brackets or fences) and label speakers (`Ada: ...`); people
 * write such things too, so this has to be right for the usual cases only.
 */
function readTurn(content: string, namesSpeakers: boolean): Turn {
  const notes: string[] = []
  const cut = (text: string, pattern: RegExp) =>
    text.replace(pattern, found => {
      notes.push(found)
      return '\n'
    })
  let text = cut(content, /<([a-z][\w-]*)(?: [^>]*)?>[\s\S]*?<\/\1>/gi)
  text = cut(text, /^(`{3,}|~{3,})(?:context|notes?|now|tail)\b[\s\S]*?^\1\s*$/gim)
  text = cut(text, /^\[[^\]]*\]\s*$/gm)
  const label = namesSpeakers ? text.match(/^\s*(\p{Lu}[^\n:<>]{0,39}): (?=\S)/u) : null
  const speaker = label && isName(label[1] ?? '') ? label[1]?.trim() : undefined
  if (speaker !== undefined) text = text.slice(label?.[0].length)
  const unquoted = (lines: string) => lines.split('\n').filter(line => !/^\s*>|^(?:Quoted from|Not read)\b/.test(line))
  return { text: unquoted(text).join('\n').trim(), speaker, notes: unquoted(notes.join('\n')).join('\n') }
}

// A label is one to three words; "Here is what I mean: ..." is a sentence.
function isName(label: string): boolean {
  return label.trim().split(/\s+/).length <= 3
}
