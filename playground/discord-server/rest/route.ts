import type { World } from '#playground/discord-server/world/world.ts'
import type { BucketKind, RateLimits } from './rate-limits.ts'
import type { UploadedFile } from './read-body.ts'

/** What a route is given. */
export type Call = Readonly<{
  world: World
  limits: RateLimits
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  json: unknown
  files: readonly UploadedFile[]
}>

export type Reply = Readonly<{
  status: number
  body?: unknown
  /** For the log: the message that was touched, and whether a used nonce gave an old one. */
  messageId?: string
  repeated?: boolean
}>

export type Route = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  template: string
  /** False for the routes whose path carries a token of its own. */
  auth: boolean
  bucket: BucketKind
  handle: (call: Call) => Reply
}>

/** A route that wants the bot's token and has a bucket by its own name. */
export function route(
  method: Route['method'],
  template: string,
  handle: Route['handle'],
  more?: Partial<Route>,
): Route {
  return { method, template, auth: true, bucket: 'other', handle, ...more }
}

/** A part of the path that the template promises. */
export function param({ params }: Call, name: string): string {
  return params[name] ?? ''
}
