import type { WebConfig } from '#src/web-config.ts'
import { codeOfListening } from './code-of-listening.ts'
import { type Finding, fault, ok, warning } from './finding.ts'

/** Whether somebody else holds the port, and who gets in. */
export async function* lookAtWeb({ host, port, signIn, url }: WebConfig): AsyncGenerator<Finding> {
  const where = `http://${host}:${port}`
  const code = await codeOfListening(host, port)
  if (code === 'EADDRINUSE') {
    yield warning('web', `something listens at ${where} already`, 'Let it be if it is Aeries; or set another WEB_PORT.')
  } else if (code !== undefined) {
    yield fault('web', `nobody can listen at ${where} (${code})`, 'Set another WEB_HOST or WEB_PORT.')
  } else {
    const who = signIn === 'local' ? 'for the person of this machine' : 'for people who sign in by /aeries link'
    yield ok('web', `the door opens at ${url ?? where}, ${who}`)
  }
}
