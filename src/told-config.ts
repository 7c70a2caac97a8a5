import { z } from 'zod'

/** What whoever runs Aeries lets it say of them. */
export type ToldConfig = Readonly<{
  /** Who they are and how they are reached. */
  operator: string | undefined
  /** Where people read how to use it. */
  guideUrl: string | undefined
}>

const longest = 200

const operator = z.string().max(longest, `must be at most ${longest} characters`)
const guideUrl = z.url({
  protocol: /^https?$/,
  error: 'must be an address that begins with https:// or http://',
})

/** The same, as they stand in the environment. */
export const toldSettings = { OPERATOR: operator.optional(), GUIDE_URL: guideUrl.optional() }
