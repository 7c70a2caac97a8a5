import { z } from 'zod'
import type { AccessSettings } from '#src/core/access.ts'
import { ConfigError } from '#src/core/errors.ts'
import { admins, arrangeAccess, subjects } from './access-config.ts'
import { address, addresses, tellAddress } from './addresses.ts'
import { headerName } from './header-name.ts'
import { insideFaults, insideSwitch } from './inside-config.ts'
import { type LearningConfig, learningMode, learningPlaces } from './learning-config.ts'
import { type ReactionSetting, reactions } from './reactions-config.ts'
import { type RetentionConfig, retentionDays, retentionPlaces } from './retention-config.ts'
import { isSecret, readSecretFiles } from './secret-files.ts'
import { arrangeSlack, isSlackOn, type SlackConfig, slackFaults } from './slack-config.ts'
import { guideUrl, operator, type ToldConfig } from './told-config.ts'
import { arrangeWeb, isWebOn, type WebConfig, webFaults, webSettings } from './web-config.ts'

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const paces = ['live', 'calm', 'off'] as const
const buttonPlaces = ['dm', 'off'] as const
const dmStyles = ['flat', 'threads'] as const
const imageModes = ['auto', 'on', 'off'] as const
const nativeStreams = ['dm', 'all', 'off'] as const
const number = z.coerce.number({ error: 'must be a number' })
/** A timer that is set to more goes off at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
const longestMs = 2_147_483_647
const milliseconds = number
  .int('must be whole milliseconds')
  .positive('must be more than 0')
  .max(longestMs, `must be at most ${longestMs} (24 days)`)

function whole(least: number, most: number) {
  return number
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)
}

/** Goes into a header as it is, which takes no blanks and nothing but ASCII. */
const secret = z.string().regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without blanks: copy it once more')
/** Some copy it with the scheme that stands before it in a header. */
const botToken = z
  .string()
  .transform(token => token.replace(/^Bot\s+/i, ''))
  .pipe(secret)
const slackToken = (prefix: string) => secret.startsWith(prefix, `must begin with ${prefix}: another token was copied`)
/** 32 bytes, as hexadecimal or Base64 digits. */
const key = z
  .string()
  .transform(text => Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'))
  .refine(bytes => bytes.length === 32, 'must be 32 bytes, in hexadecimal or Base64: openssl rand -hex 32 makes one')
const timeZone = z.string().refine(isTimeZone, 'must be a zone by its IANA name, like Europe/Berlin')

/** 0 takes a free one, which the log tells. */
const opsPort = z.union([z.literal('off'), whole(0, 65_535)], 'must be a port from 0 to 65535, or off')

const between = (least: number, most: number) =>
  number.min(least, `must be at least ${least}`).max(most, `must be at most ${most}`)

/** Every setting with its default, in the order of .env.example, which a test holds to this. */
const schema = z.object({
  DISCORD_TOKEN: botToken.optional(),
  DISCORD_API_URL: address.default('https://discord.com/api'),
  DISCORD_REQUESTS_PER_SECOND: whole(10, 10_000).default(50),

  SLACK_BOT_TOKEN: slackToken('xoxb-').optional(),
  SLACK_APP_TOKEN: slackToken('xapp-').optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_PORT: whole(0, 65_535).default(3_000),
  SLACK_CLIENT_ID: secret.optional(),
  SLACK_CLIENT_SECRET: secret.optional(),
  SLACK_STATE_SECRET: secret.optional(),
  SECRETS_KEY: key.optional(),
  SLACK_API_URL: address.default('https://slack.com/api/'),
  SLACK_DM: z.enum(dmStyles, `must be one of ${dmStyles.join(', ')}`).optional(),
  SLACK_NATIVE_STREAM: z.enum(nativeStreams, `must be one of ${nativeStreams.join(', ')}`).default('dm'),

  ...webSettings,

  VLLM_URL: addresses.default(['http://127.0.0.1:8000']),
  VLLM_MODEL: z.string().default('Qwen/Qwen3-8B'),
  VLLM_API_KEY: secret.optional(),
  VLLM_CONTEXT_LENGTH: whole(1_024, 10_000_000).default(16_384),
  VLLM_FIRST_CONTENT_MS: milliseconds.default(30_000),
  VLLM_IDLE_MS: milliseconds.default(15_000),
  VLLM_TOTAL_MS: milliseconds.default(120_000),
  VLLM_MAX_CONCURRENT: whole(1, 100_000).optional(),
  VLLM_SESSION_HEADER: headerName.default('x-session-id'),
  VLLM_IMAGES: z.enum(imageModes, `must be one of ${imageModes.join(', ')}`).default('auto'),
  MAX_TOKENS: whole(16, 1_000_000).default(1_024),
  TEMPERATURE: between(0, 2).default(0.7),
  TOP_P: between(0.01, 1).default(0.8),
  TOP_K: whole(0, 1_000_000).default(20),
  MIN_P: between(0, 1).default(0),
  PRESENCE_PENALTY: between(-2, 2).default(0),

  LEARNING: learningMode.default('on'),
  LEARNING_PLACES: learningPlaces.optional(),
  REACTIONS: reactions.optional(),
  BRIEF_TOKENS: whole(0, 600).default(500),
  OBSERVER_CONCURRENCY: whole(1, 100).default(1),
  OBSERVER_PER_MINUTE: whole(1, 60_000).default(30),
  OBSERVER_QUIET_MS: whole(0, longestMs).default(2_000),
  OBSERVER_BESIDE: whole(0, 100_000).default(0),
  OBSERVER_TIMEOUT_MS: milliseconds.default(20_000),
  OBSERVER_MAX_WAITING: whole(1, 1_000_000).default(1_000),

  ALLOW: subjects.optional(),
  DENY: subjects.optional(),
  ADMINS: admins.prefault('platform'),
  MESSAGES_PER_MINUTE: whole(0, 1_000_000).default(10),
  MESSAGES_PER_DAY: whole(0, 1_000_000).default(200),
  MESSAGE_CHARACTERS: whole(0, 10_000_000).default(12_000),
  TOKENS_PER_DAY: whole(0, Number.MAX_SAFE_INTEGER).default(20_000_000),

  RETENTION_DAYS: retentionDays.default(180),
  RETENTION_PLACES: retentionPlaces.optional(),

  OPERATOR: operator.optional(),
  GUIDE_URL: guideUrl.optional(),

  PATIENCE_MINUTES: whole(1, 1_440).default(15),
  STREAM: z.enum(paces, `must be one of ${paces.join(', ')}`).default('live'),
  BUTTONS: z.enum(buttonPlaces, `must be one of ${buttonPlaces.join(', ')}`).default('dm'),
  PERSONA_PATH: z.string().default('./personas/aeries.md'),
  TIME_ZONE: timeZone.default(() => new Intl.DateTimeFormat().resolvedOptions().timeZone),
  DATABASE_PATH: z.string().default('./data/aeries.db'),
  OPS_HOST: z.string().default('127.0.0.1'),
  OPS_PORT: opsPort.default(9_464),
  OPS_INSIDE: insideSwitch.default(false),
  LOG_CONTENT: z.stringbool({ error: 'must be 0 or 1' }).default(false),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
})

/** The names of all settings, as they stand in the environment. */
export const settingNames: readonly string[] = Object.keys(schema.shape)

export type Config = Readonly<{
  discord: Readonly<{ token: string; apiUrl: string; requestsPerSecond: number }> | undefined
  slack: SlackConfig | undefined
  web: WebConfig | undefined
  vllm: Readonly<{
    /** Replicas that serve the same model. */
    url: readonly string[]
    model: string
    apiKey: string | undefined
    contextLength: number
    /** Answers that one server generates at once; learnt when undefined. */
    maxConcurrent: number | undefined
    /** Carries a name of the conversation for a router. */
    sessionHeader: string | undefined
    sampling: Readonly<{ temperature: number; topP: number; topK: number; minP: number; presencePenalty: number }>
    timers: Readonly<{ firstContentMs: number; idleMs: number; totalMs: number }>
  }>
  /** Whether images that people attach are given to the model. */
  images: (typeof imageModes)[number]
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
  stream: (typeof paces)[number]
  /** Where answers have their controls as buttons. */
  buttons: (typeof buttonPlaces)[number]
  personaPath: string
  timeZone: string
  databasePath: string
  /** Where health and metrics can be seen. */
  ops: Readonly<{ host: string; port: number }> | undefined
  /** What happens inside can be watched there, with the words of people. */
  inside: boolean
  log: Readonly<{ level: string; withContent: boolean }>
}>

type Given = Readonly<Record<string, string | undefined>>
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
  faults.push(...fileFaults, ...slackFaults(given), ...insideFaults(given), ...webFaults(given))
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
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_REQUESTS_PER_SECOND: requestsPerSecond } = settings
  return Object.freeze({
    discord: token === undefined ? undefined : { token, apiUrl, requestsPerSecond },
    slack: arrangeSlack(settings),
    web: arrangeWeb(settings),
    vllm: {
      url: settings.VLLM_URL,
      model: settings.VLLM_MODEL,
      apiKey: settings.VLLM_API_KEY,
      contextLength: settings.VLLM_CONTEXT_LENGTH,
      maxConcurrent: settings.VLLM_MAX_CONCURRENT,
      sessionHeader: settings.VLLM_SESSION_HEADER === 'off' ? undefined : settings.VLLM_SESSION_HEADER,
      sampling: {
        temperature: settings.TEMPERATURE,
        topP: settings.TOP_P,
        topK: settings.TOP_K,
        minP: settings.MIN_P,
        presencePenalty: settings.PRESENCE_PENALTY,
      },
      timers: {
        firstContentMs: settings.VLLM_FIRST_CONTENT_MS,
        idleMs: settings.VLLM_IDLE_MS,
        totalMs: settings.VLLM_TOTAL_MS,
      },
    },
    images: settings.VLLM_IMAGES,
    maxTokens: settings.MAX_TOKENS,
    learning: {
      mode: settings.LEARNING,
      places: settings.LEARNING_PLACES ?? new Map(),
      briefTokens: settings.BRIEF_TOKENS,
      cadence: {
        concurrency: settings.OBSERVER_CONCURRENCY,
        perMinute: settings.OBSERVER_PER_MINUTE,
        quietMs: settings.OBSERVER_QUIET_MS,
        beside: settings.OBSERVER_BESIDE,
        timeoutMs: settings.OBSERVER_TIMEOUT_MS,
        mostWaiting: settings.OBSERVER_MAX_WAITING,
      },
    },
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
    ops: settings.OPS_PORT === 'off' ? undefined : { host: settings.OPS_HOST, port: settings.OPS_PORT },
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
