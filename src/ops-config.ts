import { z } from 'zod'
import { type Given, isLoopback, port, yesOrNo } from './setting-forms.ts'

/** The settings of the door for operators, as they stand in the environment. */
export const opsSettings = {
  OPS_HOST: z.string().default('127.0.0.1'),
  OPS_PORT: z.union([z.literal('off'), port], 'must be a port from 0 to 65535, or off').default(9_464),
  OPS_INSIDE: yesOrNo.default(false),
}

type OpsSettings = z.output<z.ZodObject<typeof opsSettings>>

/** Where health and metrics can be seen. */
export type OpsConfig = Readonly<{ host: string; port: number }>

/** What people write must not be seen from another machine. */
export function opsFaults(given: Given): readonly string[] {
  const { OPS_INSIDE: inside, OPS_HOST: host = '127.0.0.1' } = given
  if (yesOrNo.safeParse(inside).data !== true || isLoopback(host)) return []
  return [
    `OPS_INSIDE: it tells what people write, and OPS_HOST "${host}" lets other machines read it: set OPS_HOST to 127.0.0.1, or leave OPS_INSIDE unset.`,
  ]
}

export function arrangeOps({ OPS_HOST: host, OPS_PORT: port }: OpsSettings): OpsConfig | undefined {
  return port === 'off' ? undefined : { host, port }
}
