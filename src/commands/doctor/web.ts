import type { WebConfig } from '#src/web-config.ts'
import { askNear } from './ask-near.ts'
import { codeOfListening } from './code-of-listening.ts'
import { type Finding, fault, ok } from './finding.ts'

/** Whether somebody else holds the port, and who gets in. */
export async function* lookAtWeb({ host, port, signIn, url }: WebConfig, signal: AbortSignal): AsyncGenerator<Finding> {
  const where = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const code = await codeOfListening(host, port)
  const who = signIn === 'local' ? 'for the person of this machine' : 'for people who sign in by /aeries link'
  if (code === undefined) yield ok('web', `the door opens at ${url ?? where}, ${who}`)
  else if (code !== 'EADDRINUSE') {
    yield fault('web', `nobody can listen at ${where} (${code})`, 'Set another WEB_HOST or WEB_PORT.')
  } else if (await isOurs(where, signal)) yield ok('web', `Aeries is there already, at ${url ?? where}, ${who}`)
  else yield fault('web', `something else listens at ${where}`, 'Set another WEB_PORT, or stop what holds it.')
}

/** The description of the door's API says whose it is. */
async function isOurs(where: string, signal: AbortSignal): Promise<boolean> {
  const told = await askNear(`${where}/api/openapi.json`, signal)
  return told?.includes('"title": "Aeries\' web door"') ?? false
}
