import { createServer } from 'node:net'

/** Why nobody could listen there; `undefined`: the port is free. Without a host it is about all addresses of this machine. */
export function codeOfListening(host: string | undefined, port: number): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const server = createServer()
  server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name))
  server.listen({ port, ...(host !== undefined && { host }) }, () => server.close(() => resolve(undefined)))
  return promise
}
