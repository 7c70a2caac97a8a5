import { z } from 'zod'

const loopback = ['127.0.0.1', '::1', 'localhost']

export const insideSwitch = z.stringbool({ error: 'must be 0 or 1' })

/** What people write must not be seen from another machine. */
export function insideFaults(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { OPS_INSIDE: inside, OPS_HOST: host = '127.0.0.1' } = given
  if (insideSwitch.safeParse(inside).data !== true || loopback.includes(host)) return []
  return [
    `OPS_INSIDE: it tells what people write, and OPS_HOST "${host}" lets other machines read it: set OPS_HOST to 127.0.0.1, or leave OPS_INSIDE unset.`,
  ]
}
