import { signal } from '@preact/signals'
import type { BucketView, HappeningView, InsideView, QueueCounts } from '#playground/page/inside-view.ts'
import type {
  AboutView,
  CallGrowth,
  CallView,
  InteractionView,
  PromptsView,
  ServiceLineView,
  SessionView,
  SlackView,
  WeatherView,
  WriteView,
} from '#playground/page/wire.ts'

type Happening = HappeningView & Readonly<{ at: number }>

const mostKept = 120

export const about = signal<AboutView | undefined>(undefined)
export const weather = signal<WeatherView | undefined>(undefined)
export const calls = signal<readonly CallView[]>([])
export const writes = signal<readonly WriteView[]>([])
export const happenings = signal<readonly Happening[]>([])
export const budget = signal<readonly BucketView[]>([])
export const queue = signal<QueueCounts | undefined>(undefined)
export const lines = signal<readonly ServiceLineView[]>([])
export const slackViews = signal<ReadonlyMap<string, SlackView>>(new Map())
export const sessions = signal<ReadonlyMap<string, SessionView>>(new Map())
export const prompts = signal<ReadonlyMap<string, PromptsView>>(new Map())
export const interactions = signal<ReadonlyMap<string, InteractionView>>(new Map())
/** The page hears of what happens. */
export const isConnected = signal(false)

export function added<One>(all: readonly One[], one: One): readonly One[] {
  return [...all.slice(-mostKept), one]
}

export function seen(inside: InsideView): void {
  if (inside.name === 'budget') budget.value = inside.data
  else if (inside.name === 'queue') queue.value = inside.data
  else happenings.value = added(happenings.value, inside)
}

export function grown(growth: CallGrowth): void {
  calls.value = calls.value.map(one => (one.id === growth.id ? { ...one, ...growth } : one))
}
