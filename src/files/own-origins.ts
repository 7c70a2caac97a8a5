const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Where a platform's files are: its usual hosts, or, while its API is a stand-in on this very machine, that stand-in alone. An API
 * behind a proxy elsewhere changes nothing: files are not fetched through it.
 */
export function ownOrigins(apiUrl: string, usual: readonly string[]): readonly string[] {
  const url = URL.parse(apiUrl)
  return url !== null && loopback.has(url.hostname) ? [url.origin] : usual
}
