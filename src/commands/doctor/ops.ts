import type { OpsConfig } from '#src/ops-config.ts'
import { askNear } from './ask-near.ts'
import { codeOfListening } from './code-of-listening.ts'
import { type Finding, warning } from './finding.ts'

/** Whether health and metrics can be seen. Of a door that is free, or ours already, there is nothing to say. */
export async function* lookAtOps({ host, port }: OpsConfig, signal: AbortSignal): AsyncGenerator<Finding> {
  const code = await codeOfListening(host, port)
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  if (code === undefined || (code === 'EADDRINUSE' && (await askNear(`${url}/healthz`, signal)) === 'ok\n')) return
  const told = code === 'EADDRINUSE' ? `something else listens at ${url}` : `nobody can listen at ${url} (${code})`
  yield warning('ops', `${told}: nobody will see health and metrics`, 'Set OPS_PORT to a free port, or to off.')
}
