import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { calls } from '#playground/page/state/inside-store.ts'
import { type Point, traces } from '#playground/page/state/traces.ts'
import { Fact } from './fact.tsx'
import { GrowthPlot } from './growth-plot.tsx'
import { QueueView } from './queue-view.tsx'

/** The speed of now is that of the last so many ms. */
const speedOverMs = 1_500

/** The newest answer: how fast it comes, and how much of it people see. */
export function LiveTab(): VNode {
  const call = calls.value.findLast(({ kind }) => kind === 'chat')
  const trace = call && traces.value.get(call.id)
  if (call === undefined) {
    return (
      <>
        <p class="hint">
          Ask Aeries something: here you see its words come from the model, and when they stand on the platform.
        </p>
        <QueueView />
      </>
    )
  }
  const shown = trace?.shown.at(-1)?.[1] ?? 0
  const first = call.firstTokenAt === undefined ? undefined : call.firstTokenAt - call.receivedAt
  const firstShown = trace?.shown.find(([, value]) => value > 0)?.[0]
  const speed = call.outcome === 'open' ? speedOf(trace?.tokens ?? []) : averageOf(call)
  return (
    <>
      <div class="facts">
        <Fact name="tokens a second" value={speed === undefined ? '–' : speed.toFixed(0)} isBig />
        <Fact name="tokens" value={String(call.tokens)} />
        <Fact name="first token" value={ms(first)} />
        <Fact name="first words seen" value={trace ? ms(firstShown) : '–'} />
      </div>
      {trace && <GrowthPlot trace={trace} />}
      <h3>
        Generated, and what people see of it
        <span class="state" data-open={call.outcome === 'open'}>
          {call.outcome === 'open' ? 'growing' : (call.finish ?? call.outcome)}
        </span>
      </h3>
      <Grown text={call.text} shown={shown} isOpen={call.outcome === 'open'} />
      <QueueView />
    </>
  )
}

/** The text as far as it was generated; what nobody sees yet is marked. Its end stays in sight. */
function Grown({ text, shown, isOpen }: { text: string; shown: number; isOpen: boolean }): VNode {
  const box = useRef<HTMLParagraphElement>(null)
  useEffect(() => box.current?.scrollTo(0, box.current.scrollHeight), [text.length])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <p class="grown" ref={box} tabIndex={0}>
      <span>{text.slice(0, shown)}</span>
      <mark>{text.slice(shown)}</mark>
      {isOpen && <i class="cursor" aria-hidden="true" />}
    </p>
  )
}

function speedOf(points: readonly Point[]): number | undefined {
  const [lastMs, last] = points.at(-1) ?? [0, 0]
  const [fromMs, from] = points.find(([at]) => at >= lastMs - speedOverMs) ?? [0, 0]
  return lastMs > fromMs ? ((last - from) / (lastMs - fromMs)) * 1_000 : undefined
}

function averageOf(
  call: Readonly<{ tokens: number; firstTokenAt: number | undefined; endedAt: number | undefined }>,
): number | undefined {
  const { tokens, firstTokenAt, endedAt } = call
  if (firstTokenAt === undefined || endedAt === undefined || endedAt - firstTokenAt < 1) return undefined
  return (tokens / (endedAt - firstTokenAt)) * 1_000
}

function ms(value: number | undefined): string {
  if (value === undefined) return '–'
  return value < 1_000 ? `${value.toFixed(0)} ms` : `${(value / 1_000).toFixed(2)} s`
}
