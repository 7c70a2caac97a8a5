import { request } from 'undici'

/** Whoever is there answers at once. */
const patienceMs = 2_000

type Question = Readonly<{ method: 'POST'; headers: Readonly<Record<string, string>>; body: string }>

/** What somebody on this machine answers to that; `undefined`: not with status 200, or nobody speaks HTTP there. Throws the signal's reason. */
export async function askNear(url: string, signal: AbortSignal, question?: Question): Promise<string | undefined> {
  try {
    const both = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
    const { statusCode, body } = await request(url, { ...question, signal: both })
    const words = await body.text()
    return statusCode === 200 ? words : undefined
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}
