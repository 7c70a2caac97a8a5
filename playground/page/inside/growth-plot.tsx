import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { theme } from '#playground/page/state/theme.ts'
import type { Point, Trace } from '#playground/page/state/traces.ts'

const heightPx = 170

/** Characters over time: generated, and seen on the platform; what lies between is what people wait for. */
export function GrowthPlot({ trace }: { trace: Trace }): VNode {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | undefined>(undefined)
  const look = theme.now.value
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const made = new uPlot(optionsFor(element), dataOf(trace), element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: heightPx }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
    }
  }, [trace.call, look])
  useEffect(() => plot.current?.setData(dataOf(trace)), [trace])
  const [generated, shown] = [trace.generated.at(-1)?.[1] ?? 0, trace.shown.at(-1)?.[1] ?? 0]
  return (
    <figure class="plot">
      <div ref={box} role="img" aria-label={`Growth: ${generated} characters generated, ${shown} seen`} />
      <figcaption>
        <span class="key" data-series="generated" /> generated <span class="key" data-series="shown" /> seen by people
      </figcaption>
    </figure>
  )
}

function optionsFor(element: HTMLElement): uPlot.Options {
  const colour = (token: string) => resolved(element, `var(--${token})`)
  const [quiet, line] = [colour('quiet'), colour('line')]
  const axis = { stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: '11px sans-serif' }
  const paths = uPlot.paths.stepped?.({ align: 1 })
  const stepped = paths === undefined ? {} : { paths }
  return {
    width: element.clientWidth || 300,
    height: heightPx,
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false } },
    axes: [
      { ...axis, values: (_, ticks) => ticks.map(tick => `${tick} s`), size: 26 },
      { ...axis, size: 40 },
    ],
    series: [
      {},
      { stroke: colour('accent'), width: 2, points: { show: false } },
      { stroke: colour('good'), width: 2, fill: colour('good-soft'), points: { show: false }, ...stepped },
    ],
  }
}

/** A canvas knows no tokens: what a token comes to is asked of an element that wears it. */
function resolved(element: HTMLElement, value: string): string {
  const probe = document.createElement('i')
  probe.style.color = value
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function dataOf({ generated, shown }: Trace): uPlot.AlignedData {
  const seconds = (points: readonly Point[]) => points.map(([at]) => at / 1_000)
  return [seconds(generated), generated.map(([, value]) => value), shown.map(([, value]) => value)]
}
