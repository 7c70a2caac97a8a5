import { z } from 'zod'
import { address } from './addresses.ts'

const signIns = ['local', 'link'] as const
const loopback = ['127.0.0.1', '::1', 'localhost']

/** The settings of the web door, as they stand in the environment. */
export const webSettings = {
  /** 0 takes a free one, which the log tells. */
  WEB_PORT: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(0, 'must be at least 0')
    .max(65_535, 'must be at most 65535')
    .optional(),
  WEB_HOST: z.string().default('127.0.0.1'),
  WEB_URL: address.optional(),
  WEB_SIGN_IN: z.enum(signIns, `must be one of ${signIns.join(', ')}`).default('local'),
}

type WebSettings = Readonly<{
  WEB_PORT?: number | undefined
  WEB_HOST: string
  WEB_URL?: string | undefined
  WEB_SIGN_IN: (typeof signIns)[number]
}>

export type WebConfig = Readonly<{
  host: string
  port: number
  /** Under which people open it, when that is another address. */
  url: string | undefined
  signIn: (typeof signIns)[number]
}>

type Given = Readonly<Record<string, string | undefined>>

export function isWebOn(given: Given): boolean {
  return given['WEB_PORT'] !== undefined
}

/** Nobody from another machine gets in as the one person of this one. */
export function webFaults(given: Given): readonly string[] {
  const { WEB_HOST: host = '127.0.0.1', WEB_URL: url, WEB_SIGN_IN: signIn = 'local' } = given
  if (!isWebOn(given) || loopback.includes(host)) return []
  const open =
    signIn === 'local'
      ? [
          `WEB_HOST: "${host}" lets other machines in, and without signing in all of them are one person: set WEB_SIGN_IN=link, or WEB_HOST to 127.0.0.1.`,
        ]
      : []
  const nameless =
    url === undefined
      ? [
          `WEB_URL: is missing: with WEB_HOST "${host}" nobody can tell a page of ours from one of somebody else's. Set it to the address that people open, like https://aeries.example.com.`,
        ]
      : []
  return [...open, ...nameless]
}

export function arrangeWeb({ WEB_HOST: host, WEB_PORT: port, WEB_URL: url, WEB_SIGN_IN }: WebSettings) {
  return port === undefined ? undefined : { host, port, url, signIn: WEB_SIGN_IN }
}
