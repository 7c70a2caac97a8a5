import type { Answer, Part } from './answer.ts'
import { emptySum, formatPosition, type Position, sumOf } from './position.ts'

/** Shown where an answer ends without a word and nobody said why: a limit that was told before, a rule. */
const nothingSaid = 'Aeries does not answer this now. Try again later.'

/** So many characters of an answer come in one event: whoever is cut off again and again gets on by one each time. */
const longestToken = 400

/** One reader's way through an answer: what is new to them, as events of a stream. */
export class AnswerReader {
  readonly #answer: Answer
  #epoch: number
  #at = 0
  #sum = emptySum
  #told = 0
  #signs: number
  #files = 0
  /** What stood under the words, or in their place, when last looked. */
  readonly #under = new Map<string, string>()
  #hasHeard = false

  /** `from`: where they were cut off; if what they read is not how the answer begins, it begins anew for them. */
  constructor(answer: Answer, from?: Position) {
    this.#answer = answer
    this.#epoch = answer.epoch
    this.#signs = answer.signs
    if (from === undefined || from.turn !== answer.turn) return
    const isSame = from.at <= answer.words.length && sumOf(answer.words.slice(0, from.at)) === from.sum
    this.#at = isSame ? from.at : 0
    this.#sum = isSame ? from.sum : emptySum
    this.#told = Math.min(from.told, answer.told.length)
    this.#hasHeard = from.at > 0
    if (!isSame) this.#epoch = -1
  }

  /** All that is new, framed; empty: nothing is. */
  next(): string {
    const answer = this.#answer
    let frames = ''
    if (answer.signs !== this.#signs) frames += ': writing\n\n'
    this.#signs = answer.signs
    if (answer.epoch !== this.#epoch) frames += this.#beginAnew()
    frames += this.#words()
    for (const file of answer.files.slice(this.#files)) {
      frames += this.#frame({ file: { name: file.name, content: file.content }, messageId: file.message })
    }
    this.#files = answer.files.length
    frames += this.#underneath()
    while (this.#told < answer.told.length) {
      const note = answer.told[this.#told]
      this.#told += 1
      this.#hasHeard = true
      frames += this.#frame({ told: note })
    }
    return answer.isOver ? frames + this.#end() : frames
  }

  #beginAnew(): string {
    const hadWords = this.#at > 0 || this.#epoch === -1
    this.#epoch = this.#answer.epoch
    this.#at = 0
    this.#sum = emptySum
    this.#under.clear()
    return hadWords ? this.#frame({ anew: true }) : ''
  }

  #words(): string {
    let frames = ''
    let begin = 0
    for (const { text, isNotice, message } of this.#answer.parts) {
      if (isNotice) continue
      const end = begin + text.length
      while (this.#at < end) {
        const isFirst = this.#at === begin
        const token = pieceOf(text, this.#at - begin)
        this.#at += token.length
        this.#sum = sumOf(token, this.#sum)
        this.#hasHeard = true
        frames += this.#frame(isFirst ? { token, messageId: message } : { token })
      }
      begin = end
    }
    return frames
  }

  /** Notes and buttons under the words, a notice in their place: each as it stands now, once. */
  #underneath(): string {
    const { parts, isOver } = this.#answer
    let frames = ''
    for (const part of parts) {
      const before = this.#under.get(part.message)
      const event = eventOf(part, isOver, before !== undefined)
      const now = event === undefined ? undefined : JSON.stringify(event)
      if (event === undefined || now === undefined || now === before) continue
      this.#under.set(part.message, now)
      this.#hasHeard = true
      frames += this.#frame(event)
    }
    return frames
  }

  #end(): string {
    const { joined } = this.#answer
    const last = joined === undefined ? { error: nothingSaid } : { joined }
    return `${this.#hasHeard ? '' : this.#frame(last)}${this.#id()}data: [DONE]\n\n`
  }

  #frame(data: unknown): string {
    return `${this.#id()}data: ${JSON.stringify(data)}\n\n`
  }

  #id(): string {
    const { turn } = this.#answer
    return `id: ${formatPosition({ turn, at: this.#at, sum: this.#sum, told: this.#told })}\n`
  }
}

/** From there on, without half of a character at its end. */
function pieceOf(text: string, from: number): string {
  const end = from + longestToken
  const last = text.charCodeAt(end - 1)
  return text.slice(from, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)
}

/** `hadSome`: it is told as well that nothing stands there any more. */
function eventOf(
  { message, text, note, isNotice, buttons }: Part,
  isOver: boolean,
  hadSome: boolean,
): object | undefined {
  const under = buttons.length > 0 || hadSome ? { buttons } : {}
  if (isNotice) return { [isOver ? 'error' : 'notice']: text, messageId: message, ...under }
  if (note === undefined && buttons.length === 0 && !hadSome) return undefined
  return { ...((note !== undefined || hadSome) && { note: note ?? null }), messageId: message, ...under }
}
