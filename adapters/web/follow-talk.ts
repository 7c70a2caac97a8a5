import type { Answer } from './answer.ts'
import { AnswerReader } from './answer-reader.ts'
import type { Ask, Door } from './door.ts'

type Followed = { readonly answer: Answer; readonly reader: AnswerReader; isOver: boolean; readonly gone: Set<string> }

/**
 * All that is answered in a talk from now on, in one stream, for a second window: each answer's events in their order, with its turn.
 * It has no ids: whoever was cut off reads the talk anew.
 */
export function followTalk(door: Door, c: Ask, talk: string): Response {
  const reading = new DisposableStack()
  const followed: Followed[] = []
  let begun = ''
  let poke = () => {}
  const source = () => {
    const frames = begun + followed.map(framesOf).join('')
    begun = ''
    return { frames, isEnd: false }
  }
  const take = (answer: Answer, isNew: boolean) => {
    const one = { answer, reader: new AnswerReader(answer), isOver: false, gone: new Set<string>() }
    // What ended before is in the history.
    if (!isNew && answer.isOver) framesOf(one)
    // Whoever comes again has read some of it before.
    else if (!isNew) begun += `event: answer\nid: ${answer.turn}\ndata: {"anew":true}\n\n`
    followed.push(one)
    reading.use(answer.read(() => poke()))
  }
  for (const answer of door.answers.of(talk)) take(answer, false)
  reading.use(door.answers.follow(talk, answer => take(answer, true)))
  return door.stream(c, {}, source, given => {
    poke = given
    return reading
  })
}

function framesOf(one: Followed): string {
  const { answer, reader } = one
  const gone = [...answer.gone].filter(message => !one.gone.has(message))
  for (const message of gone) one.gone.add(message)
  const removed = gone.map(
    removed => `event: removed\ndata: ${JSON.stringify({ turn: answer.turn, messageId: removed })}\n\n`,
  )
  // An end is told once, until there are words again.
  if (answer.isOver && one.isOver) return removed.join('')
  one.isOver = answer.isOver
  const frames = reader.next().replace(/^id: .*\n/gm, `event: answer\nid: ${answer.turn}\n`)
  return frames + removed.join('')
}
