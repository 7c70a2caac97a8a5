import { signal } from '@preact/signals'
import type { PlatformName, WeatherAct } from '#playground/page/wire.ts'
import type { ChatStore } from './chat-store.ts'
import { meOn } from './stores.ts'

/** What went wrong last, in the words of whoever refused it. */
export const trouble = signal<string | undefined>(undefined)

/** Does something as a person, by the control interface of a stand-in; what it refuses is told. */
export async function act<Answer>(
  platform: PlatformName,
  call: string,
  args: Readonly<Record<string, unknown>>,
): Promise<Answer | undefined> {
  return await post<Answer>(`/${platform}/${call}`, args)
}

/** The same as the person who is spoken as. */
export async function actAsMe<Answer>(
  store: ChatStore,
  call: string,
  args: Readonly<Record<string, unknown>>,
): Promise<Answer | undefined> {
  const person = meOn(store)?.id
  return person === undefined ? undefined : await act<Answer>(store.platform, call, { person, ...args })
}

export async function turnWeather(what: WeatherAct, platform: PlatformName = 'discord'): Promise<void> {
  await post('/weather', { act: what, platform })
}

async function post<Answer>(path: string, body: unknown): Promise<Answer | undefined> {
  try {
    const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) })
    const told: unknown = await answer.json()
    if (answer.ok) {
      trouble.value = undefined
      return told as Answer
    }
    trouble.value = String((told as Readonly<{ error?: unknown }>).error ?? answer.status)
  } catch {
    trouble.value = 'The playground does not answer.'
  }
  return undefined
}
