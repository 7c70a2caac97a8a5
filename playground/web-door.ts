import { once } from 'node:events'
import { createServer } from 'node:net'
import { build } from 'vite'

const usualPort = 4_181

/** Where the service opens its web door: on this machine alone, and for the one person of it. */
export type WebDoor = Readonly<{ url: string; environment: Readonly<Record<string, string>> }>

/** Finds a port for it. Given one, that is it; 0 takes a free one. */
export async function placeWebDoor(given: string | undefined): Promise<WebDoor> {
  const wanted = given?.trim() ? Number(given) : undefined
  const port = wanted || (await freePort(wanted ?? usualPort))
  return {
    url: `http://127.0.0.1:${port}`,
    environment: { WEB_PORT: `${port}`, WEB_HOST: '127.0.0.1', WEB_SIGN_IN: 'local', WEB_URL: '' },
  }
}

/** Builds the page that the door hands out. What another one built stays: it may be in use. */
export async function buildWebPage(): Promise<void> {
  await build({ configFile: 'vite.web.config.ts', logLevel: 'error', build: { emptyOutDir: false } })
}

async function freePort(wanted: number): Promise<number> {
  const server = createServer()
  try {
    server.listen(wanted, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    if (wanted === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return await freePort(0)
  }
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : wanted
}
