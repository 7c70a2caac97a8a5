import { TextEnd } from './text-end.ts'

/** What an answer taught about the server: whether its template opens the thinking block in the prompt, so that only a closer shows. */
export type TemplateLesson = 'opens thinking' | 'opens none' | undefined

/** How an answer ended, as far as the filter cares: only a `whole` one may turn out to have been no thinking after all. */
export type AnswerEnd = 'whole' | 'broken'

/**
 * Takes thinking and control tokens out of an answer while it streams, wherever the network splits it. What it gives out is
 * safe to show and is never taken back, so what cannot be decided yet is held:
 *
 * - An opener at the start of the answer or of a line starts thinking, up to its closer; unclosed, up to the end. Openers
 *   inside are counted, and each needs its closer.
 * - An opener in the middle of a line may be a word about tags: from there on the text is held. A closer drops it, the end of
 *   a whole answer gives it out. The same for what follows a closer while an opener inside is unclosed.
 * - A closer without an opener says that all before it was thinking. What was given out by then cannot be taken back; the
 *   rest is dropped. The lesson lets the next answers of that server begin with `opened`: they are held until their closer.
 *   So only the first answer of a server whose template nobody could ask about can show such thinking.
 * - Tags in code (a fence, backticks) are words. Control tokens are taken out everywhere.
 * - Blank lines before the first word, and unfinished characters at the end (U+FFFD, half a surrogate pair), are left out.
 */
export class ThinkingFilter {
  /** Undecided end of the input: a mark that may still complete, an unfinished character. */
  #held = ''
  /** Where what was given out ends. */
  #end = new TextEnd()
  /** Blanks before the first word. */
  #blanks = ''
  #begun: boolean
  /** Openers that wait for a closer. */
  #depth: number
  /** Inside thinking: text that is an answer after all if a whole answer ends without another closer. */
  #doubtful: string | undefined
  readonly #opened: boolean
  #lesson: TemplateLesson

  /** `standing`: words that the answer goes on from, as they were given out. */
  constructor(opened: boolean, standing = '') {
    this.#end.push(standing)
    this.#begun = standing !== ''
    this.#opened = opened
    this.#depth = opened ? 1 : 0
    this.#doubtful = opened ? '' : undefined
  }

  /** Known at the end of the answer; until then what was learnt so far. */
  get lesson(): TemplateLesson {
    return this.#lesson
  }

  /** Whether a word was given out. */
  get begun(): boolean {
    return this.#begun
  }

  /** The next part of the answer; gives what of it may be shown. */
  push(text: string): string {
    const input = this.#held === '' ? text : this.#held + text
    if (this.#depth === 0 && this.#begun && !input.includes('<') && finishedLength(input) === input.length) {
      this.#held = ''
      this.#end.push(input)
      return input
    }
    const end = heldFrom(input)
    this.#held = input.slice(end)
    return this.#give(this.#withoutMarks(input.slice(0, end)))
  }

  /** The server tells thinking apart in a field of its own: its text is the answer, and needs no closer. */
  separated(): void {
    if (!this.#opened || this.#lesson !== undefined || this.#doubtful?.trim() !== '') return
    this.#depth = 0
    this.#doubtful = undefined
    this.#lesson = 'opens none'
  }

  /** No more comes; gives the rest that may be shown. */
  end(how: AnswerEnd): string {
    const rest = this.#held.slice(0, finishedLength(this.#held))
    this.#held = ''
    if (this.#depth === 0) return this.#give(rest)
    if (how === 'broken' || this.#doubtful === undefined) return ''
    if (this.#opened && this.#lesson === undefined) this.#lesson = 'opens none'
    const answer = this.#doubtful + rest
    this.#depth = 0
    return this.#give(answer)
  }

  #withoutMarks(input: string): string {
    let visible = ''
    let from = 0
    for (const match of input.matchAll(mark)) {
      visible = this.#route(visible, input.slice(from, match.index))
      from = match.index + match[0].length
      visible = this.#mark(visible, match[0])
    }
    return this.#route(visible, from === 0 ? input : input.slice(from))
  }

  #route(visible: string, text: string): string {
    if (this.#depth === 0) return visible + text
    if (this.#doubtful !== undefined) this.#doubtful += text
    return visible
  }

  #mark(visible: string, tag: string): string {
    if (tag.startsWith('<|')) return visible
    const before = this.#end.after(this.#blanks + visible)
    if (this.#depth === 0 && before.isInCode) return visible + tag
    if (tag.startsWith('</')) return this.#close(visible)
    this.#open(tag, before)
    return visible
  }

  #open(tag: string, before: TextEnd): void {
    if (this.#depth > 0) {
      // Some models open again what their template has opened already: one block, not two.
      if (this.#opened && this.#lesson === undefined && this.#doubtful?.trim() === '') this.#doubtful = undefined
      else {
        this.#depth++
        if (this.#doubtful !== undefined) this.#doubtful += tag
      }
      return
    }
    this.#depth = 1
    this.#doubtful = before.isBlankLine ? undefined : tag
  }

  #close(visible: string): string {
    if (this.#depth === 0) {
      this.#lesson = 'opens thinking'
      if (!this.#begun) this.#blanks = ''
      return ''
    }
    if (this.#opened && this.#doubtful !== undefined) this.#lesson ??= 'opens thinking'
    this.#depth--
    this.#doubtful = this.#depth === 0 ? undefined : ''
    return visible
  }

  /** Lets nothing out before there is a word, and no blank lines before it. */
  #give(visible: string): string {
    if (!this.#begun) {
      this.#blanks += visible
      this.#begun = word.test(visible)
      if (!this.#begun) return ''
      const shown = this.#blanks.replace(leadingBlankLines, '')
      this.#blanks = ''
      this.#end.push(shown)
      return shown
    }
    this.#end.push(visible)
    return visible
  }
}

/** Spellings that models and their trainers use, compared without case. */
const names = ['think', 'thinking', 'thought', 'reasoning', 'reasoning_scratchpad']
/** Qwen's and Llama's: what a chat template writes between the turns. */
const controls = [
  'im_start',
  'im_end',
  'endoftext',
  'begin_of_text',
  'end_of_text',
  'start_header_id',
  'end_header_id',
  'eot_id',
  'eom_id',
]
const mark = new RegExp(`</?(?:${names.join('|')})>|<\\|(?:${controls.join('|')})\\|>`, 'gi')
const marks = [...names.flatMap(name => [`<${name}>`, `</${name}>`]), ...controls.map(name => `<|${name}|>`)]
const word = /[^\s\u200B-\u200D\u2060\uFEFF\uFFFD]/
const leadingBlankLines = /^\s*\n/

/** From where the end of a text cannot be judged yet. */
function heldFrom(text: string): number {
  const start = text.lastIndexOf('<')
  if (start !== -1) {
    const tail = text.slice(start).toLowerCase()
    if (marks.some(whole => whole.length > tail.length && whole.startsWith(tail))) return start
  }
  return finishedLength(text)
}

/** The length of a text without what at its end is no character yet. */
function finishedLength(text: string): number {
  let end = text.length
  while (end > 0 && (text[end - 1] === '\uFFFD' || isHighSurrogate(text.charCodeAt(end - 1)))) end--
  return end
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
