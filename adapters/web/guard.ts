import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { personId } from '#src/core/ids.ts'
import type { Person } from '#src/core/person.ts'
import { Failure } from './failure.ts'
import { platform } from './platform-name.ts'
import type { WebHouse } from './web-parts.ts'

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]', '::1'])

/** Whether nobody on another machine gets there. */
export function isLoopback(host: string): boolean {
  return loopback.has(host)
}

/** The one whom this machine belongs to. Whoever runs Aeries may all that an admin may. */
const localPerson: Person = {
  id: personId(platform, undefined, 'local'),
  name: 'You',
  external: false,
  standing: 'admin',
}

type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'headersDistinct'>
type Parts = Readonly<{
  host: string
  /** Known once it listens. */
  port(): number
  url: string | undefined
  signIn: 'local' | 'link'
  house: Pick<WebHouse, 'signIns'>
  now(): Date
}>

const cookieLastsS = 30 * 24 * 3_600
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** Who asks, and whether their browser was sent here by a page of ours. */
export class Guard {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Refuses what a page of somebody else had a browser ask. */
  check(request: Request): void {
    const { method = '', headers } = request
    if (!this.#isMeant(request)) throw new Failure('misdirected', 'This is not the address of Aeries.')
    const { origin, 'sec-fetch-site': site } = headers
    const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
    const isOurs = !isForeign && (origin === undefined || this.#origins().has(origin))
    if (reading.has(method) ? isForeign && !isVisit(headers) : !isOurs) {
      throw new Failure('forbidden', 'This was asked for by a page of another site.')
    }
  }

  async who({ headers }: Readonly<{ headers: IncomingHttpHeaders }>): Promise<Person> {
    const { signIn, house, now } = this.#parts
    if (signIn === 'local') return localPerson
    const key = this.keyIn(headers)
    const person = key === undefined ? undefined : await house.signIns.who(key, now())
    if (person === undefined) {
      throw new Failure('not_signed_in', 'Sign in by a code: /aeries link in Discord or Slack gives one.')
    }
    return person
  }

  /** The key of the session that a browser shows. */
  keyIn({ cookie = '' }: IncomingHttpHeaders): string | undefined {
    const prefix = `${this.#cookieName}=`
    const own = cookie.split(';').filter(one => one.trim().startsWith(prefix))
    // Of two one was put there by somebody else: a page of this machine at another port, who wants one to be them.
    return own.length === 1 ? own[0]?.trim().slice(prefix.length) : undefined
  }

  /** The session that a request is of; where nobody signs in there is none. */
  sessionIn(headers: IncomingHttpHeaders): string | undefined {
    return this.#parts.signIn === 'local' ? undefined : this.keyIn(headers)
  }

  async isSession(key: string): Promise<boolean> {
    const { house, now } = this.#parts
    return (await house.signIns.who(key, now())) !== undefined
  }

  /** A cookie that no script and no other site gets; without a key it takes the one away. */
  cookie(key: string | undefined): string {
    const secure = this.#isSecure ? '; Secure' : ''
    const age = key === undefined ? 0 : cookieLastsS
    return `${this.#cookieName}=${key ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure}`
  }

  get #isSecure(): boolean {
    return this.#parts.url?.startsWith('https:') ?? false
  }

  /** Under the longer name browsers take it from this very host alone, and from none beside it in its domain. */
  get #cookieName(): string {
    return this.#isSecure ? '__Host-aeries' : 'aeries'
  }

  /** Not by a name of somebody else's that resolves to this machine (DNS rebinding), wherever in a request that stands. */
  #isMeant({ url = '', headersDistinct }: Request): boolean {
    const [hosts, named] = [this.#hosts(), headersDistinct['host'] ?? []]
    const target = url.startsWith('/') ? [] : [URL.parse(url)?.host ?? '']
    return named.length === 1 && [...named, ...target].every(host => hosts.has(host))
  }

  #origins(): ReadonlySet<string> {
    const { url } = this.#parts
    const own = [...this.#ownHosts()].map(host => `http://${host}`)
    return new Set(url === undefined ? own : [...own, new URL(url).origin])
  }

  #hosts(): ReadonlySet<string> {
    const { url } = this.#parts
    return new Set(url === undefined ? this.#ownHosts() : [...this.#ownHosts(), new URL(url).host])
  }

  #ownHosts(): readonly string[] {
    const { host } = this.#parts
    const port = this.#parts.port()
    const names = isLoopback(host) ? ['127.0.0.1', 'localhost', '[::1]'] : [host]
    // Browsers leave out the usual port.
    return names.flatMap(name => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))
  }
}

/** Somebody followed a link to the page itself: nothing of it is readable for who sent them. */
function isVisit(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}
