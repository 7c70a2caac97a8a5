import { z } from 'zod'
import type { AccessSettings } from '#src/core/access.ts'
import { ConfigError } from '#src/core/errors.ts'
import { accessSettings, arrangeAccess } from './access-config.ts'
import { tellAddress } from './addresses.ts'
import { arrangeDiscord, type DiscordConfig, discordSettings } from './discord-config.ts'
import { arrangeLearning, type LearningConfig, learningSettings } from './learning-config.ts'
import { arrangeOps, type OpsConfig, opsFaults, opsSettings } from './ops-config.ts'
import { type ReactionSetting, reactions } from './reactions-config.ts'
import { type RetentionConfig, retentionSettings } from './retention-config.ts'
import { isSecret, readSecretFiles } from './secret-files.ts'
import { type Given, oneOf, whole, yesOrNo } from './setting-forms.ts'
import { arrangeSlack, isSlackOn, type SlackConfig, slackFaults, slackSettings } from './slack-config.ts'
import { type ToldConfig, toldSettings } from './told-config.ts'
import { arrangeVllm, type VllmConfig, vllmSettings } from './vllm-config.ts'
import { arrangeWeb, isWebOn, type WebConfig, webFaults, webSettings } from './web-config.ts'

const timeZone = z.string().refine(isTimeZone, 'must be a zone by its IANA name, like Europe/Berlin')

/** Every setting with its default, in the order of .env.example, which a test holds to this. */
const schema = z.object({
  ...discordSettings,
  ...slackSettings,
  ...webSettings,
  ...vllmSettings,
  ...learningSettings,
  REACTIONS: reactions.optional(),
  ...accessSettings,
  ...retentionSettings,
  ...toldSettings,

  PATIENCE_MINUTES: whole(1, 1_440).default(15),
  STREAM: oneOf(['live', 'calm', 'off']).default('live'),
  BUTTONS: oneOf(['dm', 'off']).default('dm'),
  PERSONA_PATH: z.string().default('./personas/aeries.md'),
  TIME_ZONE: timeZone.default(() => new Intl.DateTimeFormat().resolvedOptions().timeZone),
  DATABASE_PATH: z.string().default('./data/aeries.db'),
  ...opsSettings,
  LOG_CONTENT: yesOrNo.default(false),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** The names of all settings, as they stand in the environment. */
export const settingNames: readonly string[] = Object.keys(schema.shape)

export type Config = Readonly<{
  discord: DiscordConfig | undefined
  slack: SlackConfig | undefined
  web: WebConfig | undefined
  vllm: VllmConfig
  /** Whether images that people attach are given to the model. */
  images: Settings['VLLM_IMAGES']
  maxTokens: number
  learning: LearningConfig
  /** What emoji mean, over what they usually do. */
  reactions: readonly ReactionSetting[]
  access: AccessSettings
  /** For how long words are kept where. */
  retention: RetentionConfig
  told: ToldConfig
  /** How long somebody waits for an answer. */
  patienceMs: number
  /** How replies grow on the platforms. */
  stream: Settings['STREAM']
  /** Where answers have their controls as buttons. */
  buttons: Settings['BUTTONS']
  personaPath: string
  timeZone: string
  databasePath: string
  ops: OpsConfig | undefined
  /** What happens inside can be watched there, with the words of people. */
  inside: boolean
  log: Readonly<{ level: string; withContent: boolean }>
}>

type Settings = z.infer<typeof schema>

/** Looks at what settings name: files, folders. Told those whose form is right; throws a `ConfigError` with cause and cure. */
export type Check = (settings: Readonly<Partial<Settings>>) => void

/** Reads the settings, secrets also from files; an empty one counts as not set. All faults come in one `ConfigError` that names cause and cure. */
export function readConfig(environment: Given, checks: readonly Check[] = []): Config {
  const { secrets, faults: fileFaults } = readSecretFiles(environment, settingNames)
  const set = { ...environment, ...secrets }
  const given = Object.fromEntries(settingNames.map(name => [name, set[name]?.trim() || undefined]))
  const parsed = schema.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map(issue => tellFault(issue, given))
  faults.push(...fileFaults, ...slackFaults(given), ...opsFaults(given), ...webFaults(given))
  if (given['DISCORD_TOKEN'] === undefined && !isSlackOn(given) && !isWebOn(given)) faults.push(noPlatform)
  const sound = soundOnes(given)
  faults.push(...checks.flatMap(check => faultOf(() => check(sound))))
  if (!parsed.success || faults.length > 0) throw new ConfigError(['Aeries cannot start:', ...faults].join('\n- '))
  return arrange(parsed.data)
}

/** The one setting that commands which work on the database's files need: they ask for no platform. */
export function readDatabasePath(environment: Given): string {
  return schema.shape.DATABASE_PATH.parse(environment['DATABASE_PATH']?.trim() || undefined)
}

/** From whom may be learnt, for commands that ask for no platform. A fault is a `ConfigError`. */
export function readLearningMode(environment: Given): Pick<LearningConfig, 'mode' | 'places'> {
  const given = Object.fromEntries(learningNames.map(name => [name, environment[name]?.trim() || undefined]))
  const parsed = schema.pick({ LEARNING: true, LEARNING_PLACES: true }).safeParse(given)
  if (parsed.success) return { mode: parsed.data.LEARNING, places: parsed.data.LEARNING_PLACES ?? new Map() }
  throw new ConfigError(parsed.error.issues.map(issue => tellFault(issue, given)).join('\n'))
}

const learningNames = ['LEARNING', 'LEARNING_PLACES'] as const

const noPlatform =
  'No platform is configured: set DISCORD_TOKEN, SLACK_BOT_TOKEN or WEB_PORT (devsetup.md leads there), or try Aeries without any account: npm run playground.'

function tellFault(issue: z.core.$ZodIssue, given: Given): string {
  const [name, at] = issue.path.map(String)
  if (name === undefined) return issue.message
  // A secret is never told back, whatever is wrong with it.
  const told = tellAddress(given[name] ?? '', at)
  const value = isSecret(name) ? 'it' : `"${told}"`
  return `${name}: ${value} will not do: ${issue.message}. Set it in the environment or in .env (see .env.example).`
}

/** The settings that are right, whatever is wrong with others. */
function soundOnes(given: Given): Partial<Settings> {
  const parsed = Object.entries(schema.shape).map(([name, form]) => [name, form.safeParse(given[name])] as const)
  return Object.fromEntries(parsed.flatMap(([name, { success, data }]) => (success ? [[name, data]] : [])))
}

function faultOf(check: () => void): readonly string[] {
  try {
    check()
  } catch (error) {
    if (error instanceof ConfigError) return [error.message]
    throw error
  }
  return []
}

function arrange(settings: Settings): Config {
  return Object.freeze({
    discord: arrangeDiscord(settings),
    slack: arrangeSlack(settings),
    web: arrangeWeb(settings),
    vllm: arrangeVllm(settings),
    images: settings.VLLM_IMAGES,
    maxTokens: settings.MAX_TOKENS,
    learning: arrangeLearning(settings),
    reactions: settings.REACTIONS ?? [],
    access: arrangeAccess(settings),
    told: { operator: settings.OPERATOR, guideUrl: settings.GUIDE_URL },
    retention: { days: settings.RETENTION_DAYS, places: settings.RETENTION_PLACES ?? new Map() },
    patienceMs: settings.PATIENCE_MINUTES * 60_000,
    stream: settings.STREAM,
    buttons: settings.BUTTONS,
    personaPath: settings.PERSONA_PATH,
    timeZone: settings.TIME_ZONE,
    databasePath: settings.DATABASE_PATH,
    ops: arrangeOps(settings),
    inside: settings.OPS_INSIDE,
    log: { level: settings.LOG_LEVEL, withContent: settings.LOG_CONTENT },
  })
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
