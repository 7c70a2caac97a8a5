const begins: readonly (readonly [string, string])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
]

/** What an image is by its first bytes; `undefined`: none that models take, whatever it is called. */
export function imageType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('hex')
  if (start.startsWith('52494646') && start.endsWith('57454250')) return 'image/webp'
  return begins.find(([, begin]) => start.startsWith(begin))?.[0]
}
