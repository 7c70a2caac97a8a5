import type { z } from 'zod'

/** A call by name over HTTP: reads its arguments from one JSON object. `Control` is what it can reach. */
export type ControlCall<Control> = (control: Control, args: unknown, signal: AbortSignal) => unknown

export function controlCall<Control, Schema extends z.ZodType>(
  schema: Schema,
  run: (control: Control, args: z.infer<Schema>, signal: AbortSignal) => unknown,
): ControlCall<Control> {
  return (control, args, signal) => run(control, schema.parse(args), signal)
}
