import { z } from 'zod'

/** What whoever runs Aeries lets it say of them. */
export type ToldConfig = Readonly<{
  /** Who they are and how they are reached. */
  operator: string | undefined
  /** Where people read how to use it. */
  guideUrl: string | undefined
}>

const longest = 200

export const operator = z.string().max(longest, `must be at most ${longest} characters`)
export const guideUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an address that begins with https:// or http://',
})
