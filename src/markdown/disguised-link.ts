/**
 * Whether a link's words look like an address other than the one it leads to. Reading the words, a person would believe
 * them; so words that may be an address are shown beside the real one.
 */
export function isDisguised(label: string, target: string): boolean {
  if (label === target) return true
  const [address = ''] = target.trim().replace(/^</, '').split(/[\s>]/)
  // Marks and what is invisible do not keep a reader from reading an address.
  return hostsIn(label.replaceAll(/[\p{Cf}*~`|\\]/gu, '')).some(host => !leadsTo(host, address))
}

const likeAHost =
  /(?:[a-z][a-z\d+.-]*:\/{1,2})?(?:[^\s/:@<>()[\]"'*_`]+@)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?![\p{L}\p{N}.-]*\()/giu
/** Endings of file names and of product names that are no domains; `.md`, `.rs`, `.py` and `.sh` are. */
const noDomain =
  /\.(?:jsx?|tsx?|mjs|json|ya?ml|toml|css|s[ac]ss|html?|txt|csv|pdf|cpp|hpp|java|sql|log|env|lock|exe|png|jpe?g|svg)$/i

function hostsIn(label: string): readonly string[] {
  if (!label.includes('.')) return []
  const hosts = [...label.matchAll(likeAHost)].map(([, host = '']) => host.toLowerCase())
  return hosts.filter(host => !noDomain.test(host))
}

/** To that host or below it, or to a file of that name. */
function leadsTo(host: string, address: string): boolean {
  const url = URL.parse(address)
  if (!url) return false
  const bare = host.replace(/^www\./, '')
  const [there, path] = [url.hostname.toLowerCase(), url.pathname.toLowerCase()]
  return there === bare || there.endsWith(`.${bare}`) || path.split('/').includes(host)
}
