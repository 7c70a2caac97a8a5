import { type Finding, fault } from './check.ts'
import { checks } from './checks.ts'
import type { Target } from './target.ts'

export type Result = Finding & Readonly<{ number: number; name: string }>

/** One check after the other, so that what one sees is not another one's doing. Throws the reason of the target's signal. */
export async function* runContract(target: Target): AsyncGenerator<Result> {
  for (const { number, name, run } of checks) {
    const finding = await run(target).catch((error: unknown) => {
      target.signal.throwIfAborted()
      return fault(`broke off: ${causes(error)}`, 'See the log of the server, and of what is between.')
    })
    yield { number, name, ...finding }
  }
}

function causes(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
