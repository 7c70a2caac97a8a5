import { expect } from 'vitest'
import type { Script } from '#playground/vllm-server/script.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { UnavailableError } from '#src/core/errors.ts'
import { aChatModel, hear } from './chat-client.ts'

export const text = 'Grüße, 美羽! 🫖🫠 Tea it is.'
export const whole = { text, end: { reason: 'stop' }, error: undefined }
export const nothing = { text: '', end: undefined, error: expect.any(UnavailableError) }

/** What comes of an answer whose server does as the scripts say: the text above, unless they have one of their own. */
export async function heardOf(...scripts: readonly Script[]) {
  await using server = await createVllmServer()
  await using model = aChatModel(server.url)
  server.script(...scripts.map(script => ({ text, ...script })))
  return await hear(model)
}
