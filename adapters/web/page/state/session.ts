import { effect } from '@preact/signals'
import { askJson, askServer, Refused } from '#adapters/web/page/api/ask-server.ts'
import type { Session } from '#adapters/web/page/wire.ts'
import { line } from './line.ts'
import { readPersonas } from './personas.ts'
import { followAddress, leaveAll, list } from './talks.ts'
import { session } from './who.ts'

/** Finds out who one is, as soon as Aeries can be reached, and shows what is theirs. */
export async function enter(): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      session.value = await askJson<Session>('GET', '/api/session')
      followAddress()
      await Promise.all([list(), readPersonas()])
      return
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return
      await line.pause(tries)
    }
  }
}

export async function signIn(code: string): Promise<void> {
  await askJson('POST', '/api/session', { code })
  await enter()
}

export async function signOut(): Promise<void> {
  await askServer('DELETE', '/api/session')
  location.assign('/')
}

/** Whoever comes in next may be somebody else. */
effect(() => {
  if (session.value === 'nobody') leaveAll()
})
