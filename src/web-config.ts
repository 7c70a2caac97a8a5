import { z } from 'zod'
import { address } from './addresses.ts'
import { type Given, isLoopback, oneOf, port } from './setting-forms.ts'

/** The settings of the web door, as they stand in the environment. */
export const webSettings = {
  WEB_PORT: port.optional(),
  WEB_HOST: z.string().default('127.0.0.1'),
  WEB_URL: address.optional(),
  WEB_SIGN_IN: oneOf(['local', 'link']).default('local'),
}

type WebSettings = z.output<z.ZodObject<typeof webSettings>>

export type WebConfig = Readonly<{
  host: string
  port: number
  /** Under which people open it, when that is another address. */
  url: string | undefined
  signIn: WebSettings['WEB_SIGN_IN']
}>

export function isWebOn(given: Given): boolean {
  return given['WEB_PORT'] !== undefined
}

/** Nobody from another machine gets in as the one person of this one. */
export function webFaults(given: Given): readonly string[] {
  const { WEB_HOST: host = '127.0.0.1', WEB_URL: url, WEB_SIGN_IN: signIn = 'local' } = given
  if (!isWebOn(given) || isLoopback(host)) return []
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

/** `undefined`: the door is shut. */
export function arrangeWeb({
  WEB_HOST: host,
  WEB_PORT: port,
  WEB_URL: url,
  WEB_SIGN_IN,
}: WebSettings): WebConfig | undefined {
  return port === undefined ? undefined : { host, port, url, signIn: WEB_SIGN_IN }
}
