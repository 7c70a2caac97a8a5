import type { VNode } from 'preact'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import type { Turn } from '#adapters/web/page/state/turn.ts'
import { AnswerView } from './answer-view.tsx'
import { QuestionView } from './question-view.tsx'

/** A question and its answer. */
export function TurnView({ talk, turn }: { talk: OpenTalk; turn: Turn }): VNode {
  const [question, reply] = [turn.question.value, turn.reply.value]
  const isLast = talk.last.value === turn
  return (
    <>
      {question && <QuestionView talk={talk} turn={turn} question={question} isLast={isLast} />}
      {reply && <AnswerView talk={talk} turn={turn} reply={reply} isLast={isLast} />}
    </>
  )
}
