import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import type { Turn } from '#adapters/web/page/state/turn.ts'
import { oneAFrame } from './one-a-frame.ts'
import { TurnView } from './turn-view.tsx'
import { watchNear } from './watch-near.ts'

type Props = Readonly<{ talk: OpenTalk; turns: readonly Turn[]; isNewest: boolean }>

/** Some turns. Far from what is seen an empty box of their height stands for them, so that a long talk costs no more than a short one. */
export function ChunkView({ talk, turns, isNewest }: Props): VNode {
  const box = useRef<HTMLDivElement>(null)
  const isNear = useSignal(isNewest)
  const height = useRef<number | undefined>(undefined)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    let leave = () => {}
    const stop = watchNear(element, (near, now) => {
      leave()
      if (near) {
        leave = oneAFrame(() => {
          isNear.value = true
        })
      } else if (isNear.peek() && !element.contains(document.activeElement)) {
        height.current = now
        isNear.value = false
      }
    })
    return () => {
      leave()
      stop()
    }
  }, [])
  const isDrawn = isNear.value || isNewest
  const style = isDrawn ? undefined : { blockSize: `${height.current ?? guessed(turns)}px` }
  return (
    <div ref={box} class="chunk" style={style}>
      {isDrawn && turns.map(turn => <TurnView key={turn.key} talk={talk} turn={turn} />)}
    </div>
  )
}

/** Of a part that was never drawn: about so high a turn is without its words, and so many letters are a line. */
const [turnPx, linePx, lineLetters] = [150, 26, 80]

function guessed(turns: readonly Turn[]): number {
  const letters = turns.map(turn => (turn.reply.peek()?.text.length ?? 0) + (turn.question.peek()?.text.length ?? 0))
  return letters.reduce((sum, count) => sum + turnPx + Math.floor(count / lineLetters) * linePx, 0)
}
