import { signal } from '@preact/signals'
import { talksApi } from '#adapters/web/page/api/talks-api.ts'
import type { Persona } from '#adapters/web/page/wire.ts'
import type { OpenTalk } from './open-talk.ts'

/** All that Aeries can be, the usual one first. */
export const personas = signal<readonly Persona[]>([])
/** Who Aeries is to be in the conversation that begins next; `null`: the usual one. */
export const chosenPersona = signal<string | null>(null)

export async function readPersonas(): Promise<void> {
  personas.value = await talksApi.personas()
}

export async function choosePersona(talk: OpenTalk | undefined, name: string): Promise<void> {
  const chosen = name === personas.peek()[0]?.name ? null : name
  if (talk === undefined) {
    chosenPersona.value = chosen
    return
  }
  const before = talk.persona.peek()
  talk.persona.value = chosen
  await talksApi.change(talk.id, { persona: chosen }).catch((error: unknown) => {
    talk.persona.value = before
    throw error
  })
}
