import type { Talk } from '#adapters/web/page/wire.ts'

export type Day = Readonly<{ label: string; talks: readonly Talk[] }>

/** Conversations by how long ago something was said in them, as people tell it. They come the newest first. */
export function days(talks: readonly Talk[], now: Date): readonly Day[] {
  const groups = new Map<string, Talk[]>()
  for (const talk of talks) {
    const label = labelOf(new Date(talk.lastAt), now)
    groups.set(label, [...(groups.get(label) ?? []), talk])
  }
  return [...groups].map(([label, talks]) => ({ label, talks }))
}

const dayMs = 86_400_000
const months = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' })
const month = new Intl.DateTimeFormat('en', { month: 'long' })

function labelOf(at: Date, now: Date): string {
  const ago = Math.round((midnight(now) - midnight(at)) / dayMs)
  if (ago <= 0) return 'Today'
  if (ago === 1) return 'Yesterday'
  if (ago < 7) return 'The last 7 days'
  if (ago < 30) return 'The last 30 days'
  return at.getFullYear() === now.getFullYear() ? month.format(at) : months.format(at)
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}
