import { aeries, isOwn } from './contenders.ts'
import type { Judged } from './judge.ts'
import type { Result } from './result.ts'

type Point = readonly [seconds: number, letters: number]
type Line = Readonly<{ name: string; colour: string; points: readonly Point[]; isStepped: boolean }>
type Panel = Readonly<{ title: string; lines: readonly Line[] }>

const about = 'What was generated of an answer, and what each contender showed of it, over time'
const width = 860
const panelHeight = 330
const margin = { left: 60, right: 20, top: 42, bottom: 42 }
const colours: Readonly<Record<string, string>> = {
  generated: '#9aa0a6',
  aeries: '#0b7a4b',
  'loop-500': '#c9742b',
  'loop-1000': '#b0307a',
  'loop-1200': '#3a5fcd',
  'chat-sdk': '#c23b3b',
}

/**
 * Shown against generated text over time: an answer alone in its channel, the last of six in one, and of several in one
 * workspace of Slack. An SVG.
 */
export function plotOf(results: readonly Result[]): string {
  const panels = [
    panelOf('One answer in a channel, 20 tokens a second', results, 'steady 20/s', judged => judged[0]),
    panelOf('The last to end of six answers in one channel', results, '6 in a channel', lastToEnd),
    ...[10, 3].map(count =>
      panelOf(
        `The last to begin of ${count} answers in one Slack workspace, in channels`,
        results,
        `${count} in Slack`,
        lastToBegin,
      ),
    ),
  ].filter(({ lines }) => lines.length > 1)
  const height = panels.length * panelHeight
  const drawn = panels.map((panel, index) => `<g transform="translate(0 ${index * panelHeight})">${draw(panel)}</g>`)
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${about}" font-family="sans-serif" font-size="12">
<title>${about}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${drawn.join('\n')}
</svg>
`
}

function panelOf(
  title: string,
  results: readonly Result[],
  scenario: string,
  pick: (judged: readonly Judged[]) => Judged | undefined,
): Panel {
  const lines = results
    .filter(({ scenario: { name }, contender }) => name === scenario && (contender === aeries || !isOwn(contender)))
    .flatMap(({ contender, judged }) => {
      const one = pick(judged)
      return one ? [{ contender, one }] : []
    })
  const [first] = lines
  if (!first) return { title, lines: [] }
  const generated = first.one.generated.map(({ at, letters }): Point => [secondsOf(first.one, at), letters])
  return {
    title,
    lines: [
      { name: 'generated', colour: colourOf('generated'), points: generated, isStepped: false },
      ...lines.map(({ contender, one }) => ({
        name: contender,
        colour: colourOf(contender),
        points: one.film.map(({ at, letters }): Point => [secondsOf(one, at), letters]),
        isStepped: true,
      })),
    ],
  }
}

function lastToEnd(judged: readonly Judged[]): Judged | undefined {
  const [first] = judged
  const channel = judged.filter(one => one.channel === first?.channel)
  return channel.toSorted((one, other) => other.endedAt - one.endedAt)[0]
}

function lastToBegin(judged: readonly Judged[]): Judged | undefined {
  return judged.toSorted((one, other) => beginOf(other) - beginOf(one))[0]
}

function beginOf({ generated }: Judged): number {
  return generated[0]?.at ?? 0
}

function secondsOf({ generated }: Judged, at: number): number {
  return (at - (generated[0]?.at ?? at)) / 1_000
}

function draw({ title, lines }: Panel): string {
  const points = lines.flatMap(line => line.points)
  const most = { x: Math.max(...points.map(([x]) => x)), y: Math.max(...points.map(([, y]) => y)) }
  const x = (seconds: number) => round(margin.left + (seconds / most.x) * (width - margin.left - margin.right))
  const y = (letters: number) =>
    round(panelHeight - margin.bottom - (letters / most.y) * (panelHeight - margin.top - margin.bottom))
  // Ours is drawn last, on top of the others.
  const curves = lines
    .toSorted((one, other) => strokeOf(one) - strokeOf(other))
    .map(line => {
      const path = line.points.map(([seconds, letters], index) => {
        if (index === 0)
          return `M${x(seconds)} ${y(line.isStepped ? 0 : letters)}${line.isStepped ? `V${y(letters)}` : ''}`
        return line.isStepped ? `H${x(seconds)}V${y(letters)}` : `L${x(seconds)} ${y(letters)}`
      })
      return `<path d="${path.join('')}" fill="none" stroke="${line.colour}" stroke-width="${strokeOf(line)}"/>`
    })
  return [
    `<text x="${margin.left}" y="18" font-size="14" font-weight="bold">${title}</text>`,
    ...axes(most, x, y),
    ...curves,
    ...lines.map((line, index) => legend(line, index)),
  ].join('\n')
}

function axes(
  most: Readonly<{ x: number; y: number }>,
  x: (seconds: number) => number,
  y: (letters: number) => number,
): readonly string[] {
  const [stepX, stepY] = [niceStep(most.x), niceStep(most.y)]
  const xs = Array.from({ length: Math.floor(most.x / stepX) + 1 }, (_, index) => index * stepX)
  const ys = Array.from({ length: Math.floor(most.y / stepY) + 1 }, (_, index) => index * stepY)
  const bottom = panelHeight - margin.bottom
  return [
    ...xs.map(
      at =>
        `<path d="M${x(at)} ${margin.top}V${bottom}" stroke="#e8eaed"/><text x="${x(at)}" y="${bottom + 16}" text-anchor="middle">${at}</text>`,
    ),
    ...ys.map(
      at =>
        `<path d="M${margin.left} ${y(at)}H${width - margin.right}" stroke="#e8eaed"/><text x="${margin.left - 6}" y="${y(at) + 4}" text-anchor="end">${at}</text>`,
    ),
    `<text x="${width - margin.right}" y="${bottom + 32}" text-anchor="end">seconds since the first token</text>`,
    `<text x="${margin.left - 50}" y="${margin.top - 8}">letters</text>`,
  ]
}

function legend({ name, colour }: Line, index: number): string {
  const at = margin.left + 14
  const top = margin.top + 14 + index * 17
  return `<path d="M${at} ${top}h22" stroke="${colour}" stroke-width="3"/><text x="${at + 28}" y="${top + 4}">${name}</text>`
}

function strokeOf({ name }: Line): number {
  return name === aeries ? 2.4 : 1.4
}

function niceStep(most: number): number {
  const rough = most / 8
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= rough) ?? rough
}

function colourOf(name: string): string {
  return colours[name] ?? '#555555'
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
