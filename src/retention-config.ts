import { z } from 'zod'
import type { KeepsDays } from '#src/core/retention.ts'
import { whole } from './setting-forms.ts'

/** By platform, `platform:workspace` or `platform:workspace:channel`: for how many days words are kept there. */
type DaysOfPlaces = ReadonlyMap<string, number>

export type RetentionConfig = Readonly<{ days: number; places: DaysOfPlaces }>

/** A hundred years. */
const mostDays = 36_500

const form =
  'must be PLATFORM[:WORKSPACE[:CHANNEL]]=DAYS, with commas between them (discord=30,slack:T024BE7LD=0); 0 keeps for ever'
const place = /^([a-z]+(?::[\w-]+){0,2})\s*=\s*(\d{1,5})$/

/** `discord=30, slack:T024BE7LD=0`. */
const retentionPlaces = z.string().transform((text, context): DaysOfPlaces => {
  const places = new Map<string, number>()
  for (const entry of text.split(',')) {
    const [, key, days] = place.exec(entry.trim()) ?? []
    if (key === undefined || Number(days) > mostDays) context.addIssue(form)
    else places.set(key, Number(days))
  }
  return places
})

/** The settings of how long words are kept, as they stand in the environment. */
export const retentionSettings = {
  RETENTION_DAYS: whole(0, mostDays).default(180),
  RETENTION_PLACES: retentionPlaces.optional(),
}

/** The narrowest counts: a channel's days, its workspace's, its platform's, those of all. */
export function keepsDaysBy({ days, places }: RetentionConfig): KeepsDays {
  return ({ platform, workspace = '-', channel }) =>
    places.get(`${platform}:${workspace}:${channel}`) ??
    places.get(`${platform}:${workspace}`) ??
    places.get(platform) ??
    days
}
