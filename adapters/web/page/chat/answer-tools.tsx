import type { VNode } from 'preact'
import { IconButton } from '#adapters/web/page/icon-button.tsx'
import { giveAnswer } from '#adapters/web/page/state/change-answer.ts'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import { tried } from '#adapters/web/page/state/toast.ts'
import type { Reply, Turn } from '#adapters/web/page/state/turn.ts'
import { judge } from '#adapters/web/page/state/verdicts.ts'
import { type Judgement, type Reason, reasons, type Verdict } from '#adapters/web/page/wire.ts'
import { CopyButton } from './copy-button.tsx'
import { timeOf } from './time-of.ts'

type Props = Readonly<{ talk: OpenTalk; turn: Turn; reply: Reply; isLast: boolean }>
type Judged = Readonly<{ turn: Turn; judgement: Judgement }>

/** What one may do with an answer. */
export function AnswerTools({ talk, turn, reply, isLast }: Props): VNode {
  const { text, messageIds, at, canGoOn, judgement } = reply
  const message = messageIds[0]
  return (
    <>
      {isLast && canGoOn && (
        <button type="button" class="button go-on" onClick={() => void tried(() => giveAnswer(talk, turn, 'on'))}>
          Go on from here
        </button>
      )}
      <div class="tools" role="toolbar" aria-label="This answer">
        <CopyButton text={text} name="Copy the answer" />
        {message !== undefined && <Thumbs turn={turn} judgement={judgement} />}
        {isLast && message !== undefined && (
          <IconButton icon="again" name="Try again" onClick={() => void tried(() => giveAnswer(talk, turn, 'again'))} />
        )}
        {at !== undefined && <time dateTime={at}>{timeOf(at)}</time>}
      </div>
      {message !== undefined && <Reasons turn={turn} judgement={judgement} />}
    </>
  )
}

function Thumbs({ turn, judgement: { verdict } }: Judged): VNode {
  const press = (pressed: Verdict) =>
    void tried(() => judge(turn, { verdict: verdict === pressed ? null : pressed, reason: null }))
  return (
    <>
      <IconButton icon="up" name="Good answer" isPressed={verdict === 'up'} onClick={() => press('up')} />
      <IconButton icon="down" name="Not a good answer" isPressed={verdict === 'down'} onClick={() => press('down')} />
    </>
  )
}

/** What was not good about it, asked of whoever found it not good. */
function Reasons({ turn, judgement }: Judged): VNode | null {
  if (judgement.verdict !== 'down') return null
  return (
    <fieldset class="reasons">
      <legend>What was it?</legend>
      {(Object.entries(reasons) as [Reason, string][]).map(([reason, words]) => {
        const isIt = judgement.reason === reason
        return (
          <button
            key={reason}
            type="button"
            class="button"
            aria-pressed={isIt}
            onClick={() => void tried(() => judge(turn, { verdict: 'down', reason: isIt ? null : reason }))}
          >
            {words}
          </button>
        )
      })}
    </fieldset>
  )
}
