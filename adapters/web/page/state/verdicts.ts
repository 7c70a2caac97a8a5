import { signal } from '@preact/signals'
import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import type { Reason, Verdict } from '#adapters/web/page/wire.ts'
import { saySoon } from './toast.ts'

export type Opinion = Readonly<{ verdict: Verdict; reason?: Reason | undefined }>

const key = 'aeries-opinions'
/** The newest that this browser remembers; the server does not tell them. */
const most = 500

/** What one thought of answers, by their first message. */
export const opinions = signal<ReadonlyMap<string, Opinion>>(stored())

export async function judge(messageId: string, opinion: Opinion): Promise<void> {
  const before = opinions.peek()
  keep(new Map(before).set(messageId, opinion))
  await sent(before, async () => {
    const told = await talksApi.judge(messageId, opinion.verdict, opinion.reason)
    // What was wrong with it is asked under the answer.
    const isAsked = opinion.verdict === 'down' && opinion.reason === undefined
    if (told !== null && !isAsked) saySoon(told)
  })
}

export async function takeBack(messageId: string): Promise<void> {
  const before = opinions.peek()
  const left = new Map(before)
  left.delete(messageId)
  keep(left)
  await sent(before, async () => {
    const told = await talksApi.takeBack(messageId)
    if (told !== null) saySoon(told)
  })
}

/** What did not reach Aeries is not shown as if it had. */
async function sent(before: ReadonlyMap<string, Opinion>, send: () => Promise<void>): Promise<void> {
  try {
    await send()
  } catch (error) {
    keep(before)
    throw error
  }
}

function keep(now: ReadonlyMap<string, Opinion>): void {
  opinions.value = now
  localStorage.setItem(key, JSON.stringify([...now].slice(-most)))
}

function stored(): ReadonlyMap<string, Opinion> {
  try {
    return new Map(JSON.parse(localStorage.getItem(key) ?? '[]') as [string, Opinion][])
  } catch {
    return new Map()
  }
}
