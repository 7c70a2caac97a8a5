import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { platform } from './platform-name.ts'

/** Whoever asks from there may be a proxy of ours, which tells for whom. */
const near = new BlockList()
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  near.addSubnet(net, prefix)
}
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')

/**
 * Whose wrong codes are counted together: those of one address, so that nobody locks the door for everybody else. Who makes addresses
 * up has still no more than a few tries at each code, however many guessers they are.
 */
export function guesserOf({ headers, socket: { remoteAddress = '' } }: IncomingMessage): string {
  // Each proxy writes whom it answers behind what it was told itself.
  const told = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  const isTold = told !== undefined && isIP(told) !== 0 && isNear(remoteAddress)
  return `${platform}:${isTold ? told : remoteAddress}`
}

function isNear(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && near.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
