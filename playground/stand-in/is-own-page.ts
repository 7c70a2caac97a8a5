import type { IncomingMessage } from 'node:http'

const names = ['127.0.0.1', 'localhost']

/**
 * Whether a request comes from this server's own page, or from a program of this machine. Another web page may reach for a loopback
 * port by a name that was bound anew to 127.0.0.1, which shows in Host, or across sites, which shows in Origin; with
 * `Sec-Fetch-Site` a browser also tells on requests that carry no Origin, such as images and forms by GET.
 */
export function isOwnPage({ headers, socket }: IncomingMessage): boolean {
  const own = names.map(name => `${name}:${socket.localPort}`)
  const { host = '', origin } = headers
  const site = headers['sec-fetch-site'] ?? 'none'
  if (!own.includes(host) || (origin !== undefined && !own.some(one => origin === `http://${one}`))) return false
  // A link on another page that leads here is a navigation, and shows nothing to that page.
  return site === 'same-origin' || site === 'none' || headers['sec-fetch-mode'] === 'navigate'
}
