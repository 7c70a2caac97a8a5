import type { Briefing } from '#src/core/briefing.ts'
import type { Clock } from '#src/core/clock.ts'
import type { Forget } from '#src/core/forget.ts'
import type { Learning } from '#src/core/learning.ts'
import type { Links } from '#src/core/links.ts'
import type { Log } from '#src/core/log.ts'
import type { Persona } from '#src/core/persona.ts'
import type { Preferences } from '#src/core/preferences.ts'
import type { Revisions } from '#src/core/revisions.ts'
import type { SignIns } from '#src/core/sign-ins.ts'
import type { Talks } from '#src/core/talks.ts'

/** What this door shows of the house beside events: each a port of core. */
export type WebHouse = Readonly<{
  talks: Talks
  links: Pick<Links, 'signIn'>
  signIns: SignIns
  learning: Pick<Learning, 'tappedOn'>
  revisions: Pick<Revisions, 'about'>
  preferences: Pick<Preferences, 'chosen' | 'choose'>
  forget: Pick<Forget, 'conversation'>
  /** All that Aeries can be, the usual one first. */
  personas(): readonly Persona[]
  briefing: Briefing
}>

export type WebSettings = Readonly<{
  host: string
  /** 0 takes a free one. */
  port: number
  /** The address under which people open it, when that is another one: behind a proxy that speaks TLS. */
  url?: string | undefined
  /** `local`: whoever asks is the one person of this machine. `link`: people sign in by a code that they get elsewhere. */
  signIn: 'local' | 'link'
}>

export type WebParts = WebSettings &
  Readonly<{
    house: WebHouse
    /** A request that has not arrived by then is answered with 408, in ms; 20 seconds unless said. */
    requestWithinMs?: number
    /** A folder with the page, built, when it is not where `npm run build:web` leaves it. */
    page?: string
    clock: Clock
    log: Log
  }>
