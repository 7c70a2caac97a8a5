import type { VNode } from 'preact'
import { IconButton } from '#adapters/web/page/icon-button.tsx'
import { giveAnswer } from '#adapters/web/page/state/change-answer.ts'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import { tried } from '#adapters/web/page/state/toast.ts'
import type { Reply, Turn } from '#adapters/web/page/state/turn.ts'
import { judge, opinions, takeBack } from '#adapters/web/page/state/verdicts.ts'
import { type Reason, reasons, type Verdict } from '#adapters/web/page/wire.ts'
import { CopyButton } from './copy-button.tsx'
import { timeOf } from './time-of.ts'

type Props = Readonly<{ talk: OpenTalk; turn: Turn; reply: Reply; isLast: boolean }>

/** What one may do with an answer. */
export function AnswerTools({ talk, turn, reply, isLast }: Props): VNode {
  const { text, messageIds, at, canGoOn } = reply
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
        {message !== undefined && <Thumbs message={message} />}
        {isLast && message !== undefined && (
          <IconButton icon="again" name="Try again" onClick={() => void tried(() => giveAnswer(talk, turn, 'again'))} />
        )}
        {at !== undefined && <time dateTime={at}>{timeOf(at)}</time>}
      </div>
      {message !== undefined && <Reasons message={message} />}
    </>
  )
}

function Thumbs({ message }: { message: string }): VNode {
  const verdict = opinions.value.get(message)?.verdict
  const press = (pressed: Verdict) =>
    void tried(() => (verdict === pressed ? takeBack(message) : judge(message, { verdict: pressed })))
  return (
    <>
      <IconButton icon="up" name="Good answer" isPressed={verdict === 'up'} onClick={() => press('up')} />
      <IconButton icon="down" name="Not a good answer" isPressed={verdict === 'down'} onClick={() => press('down')} />
    </>
  )
}

/** What was not good about it, asked of whoever found it not good. */
function Reasons({ message }: { message: string }): VNode | null {
  const opinion = opinions.value.get(message)
  if (opinion?.verdict !== 'down') return null
  return (
    <fieldset class="reasons">
      <legend>What was it?</legend>
      {(Object.entries(reasons) as [Reason, string][]).map(([reason, words]) => {
        const isIt = opinion.reason === reason
        return (
          <button
            key={reason}
            type="button"
            class="button"
            aria-pressed={isIt}
            onClick={() => void tried(() => judge(message, { verdict: 'down', reason: isIt ? undefined : reason }))}
          >
            {words}
          </button>
        )
      })}
    </fieldset>
  )
}
