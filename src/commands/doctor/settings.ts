import { type Check, type Config, readConfig } from '#src/config.ts'
import { ConfigError } from '#src/core/errors.ts'
import { readPersona } from '#src/read-persona.ts'
import { type Finding, faultFrom, ok, warning } from './finding.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** `config`: what of the settings can be looked at more closely, if that much is right. */
export type Settings = Readonly<{ findings: readonly Finding[]; config: Config | undefined }>

const name = 'settings'

/** The settings as the service reads them. Without a platform the rest is looked at all the same. */
export function readSettings(environment: Environment): Settings {
  try {
    const config = readConfig(environment, checks)
    const on = [config.discord && 'Discord', config.slack && 'Slack', config.web && 'the web']
      .filter(Boolean)
      .join(' and ')
    return { findings: [ok(name, `complete; ${on} on, model ${config.vllm.model}`), ...openWords(config)], config }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const [, ...faults] = error.message.split('\n- ')
    const findings = faults.map(message => faultFrom(name, message, 'Set it as .env.example says.'))
    return { findings, config: withoutPlatforms(environment) }
  }
}

/** Good for finding a fault, and not for every day. */
function openWords({ log, inside }: Config): readonly Finding[] {
  const told = 'what people write'
  return [
    ...(log.withContent ? [warning(name, `LOG_CONTENT is on: the log holds ${told}`, 'Leave LOG_CONTENT unset.')] : []),
    ...(inside
      ? [warning(name, `OPS_INSIDE is on: every program on this machine can read ${told}`, 'Leave OPS_INSIDE unset.')]
      : []),
  ]
}

function withoutPlatforms(environment: Environment): Config | undefined {
  const rest = Object.entries(environment).filter(([setting]) => !/^(?:DISCORD|SLACK)_/.test(setting))
  try {
    return { ...readConfig({ ...Object.fromEntries(rest), DISCORD_TOKEN: 'none' }), discord: undefined }
  } catch (error) {
    if (error instanceof ConfigError) return undefined
    throw error
  }
}

/** The database is looked at by itself. */
const checks: readonly Check[] = [
  ({ PERSONA_PATH: path, VLLM_CONTEXT_LENGTH: length = Number.POSITIVE_INFINITY }) => {
    if (path !== undefined) readPersona(path, length)
  },
]
