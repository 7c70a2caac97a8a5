import { z } from 'zod'
import {
  type AccessSettings,
  everyone,
  everywhere,
  type Rule,
  type Subject,
  strangers,
  subjectKinds,
  subjectOf,
} from '#src/core/access.ts'
import { whole } from './setting-forms.ts'

const kinds = subjectKinds.join('|')
const entry = new RegExp(`^(?:strangers|(${kinds}):([a-z]+:[\\w-]+(?::[\\w-]+)?))$`)
const example = 'workspace:discord:1234, channel:slack:T1:C2, role:discord:1234:99, person:slack:T1:U3, strangers'
const form = `must be a list with commas between of KIND:PLATFORM:WORKSPACE[:ID], or strangers (${example}); of Discord's people and DMs the workspace is -`

/** `workspace:discord:1234, person:slack:T1:U3`. */
const subjects = z.string().transform((text, context): readonly Subject[] => {
  const read = text.split(',').map(one => subjectIn(one.trim()))
  if (read.includes(undefined)) context.addIssue(form)
  return read.filter(one => one !== undefined)
})

const platform = 'platform'

/** The same, and the word `platform` for those whom the platform says to run a server or workspace. */
const admins = z.string().transform((text, context): AccessSettings['admins'] => {
  const words = text.split(',').map(one => one.trim())
  const named = words.filter(word => word !== platform).map(word => subjectIn(word))
  const isWhole = named.every(one => one !== undefined && /^(?:person|role):/.test(one))
  if (!isWhole)
    context.addIssue(`must be platform, people and roles, with commas between (platform, person:slack:T1:U3)`)
  return { asPlatformSays: words.includes(platform), also: new Set(named.filter(one => one !== undefined)) }
})

function subjectIn(text: string): Subject | undefined {
  const [whole, kind, id = ''] = entry.exec(text) ?? []
  if (whole === strangers) return strangers
  const known = subjectKinds.find(one => one === kind)
  if (known === undefined) return undefined
  return id.split(':').length === (known === 'workspace' ? 2 : 3) ? subjectOf(known, id) : undefined
}

/** The settings of who may talk with Aeries and how much, as they stand in the environment. */
export const accessSettings = {
  ALLOW: subjects.optional(),
  DENY: subjects.optional(),
  ADMINS: admins.prefault('platform'),
  MESSAGES_PER_MINUTE: whole(0, 1_000_000).default(10),
  MESSAGES_PER_DAY: whole(0, 1_000_000).default(200),
  MESSAGE_CHARACTERS: whole(0, 10_000_000).default(12_000),
  TOKENS_PER_DAY: whole(0, Number.MAX_SAFE_INTEGER).default(20_000_000),
}

type Settings = z.output<z.ZodObject<typeof accessSettings>>

/** A list of places that are allowed leaves out all others, and a list of people all other people. What is denied is denied in any case. */
export function arrangeAccess(settings: Settings): AccessSettings {
  const { ALLOW: allow = [], DENY: deny = [] } = settings
  const lists = (kind: RegExp) => allow.some(subject => kind.test(subject))
  const others = [
    ...(lists(/^(?:workspace|channel):/) ? [everywhere] : []),
    ...(lists(/^(?:role|person):/) ? [everyone] : []),
  ]
  const rule = (says: Rule['says']) => (subject: Subject) => ({ subject, says })
  return {
    rules: [...others.map(rule('deny')), ...allow.map(rule('allow')), ...deny.map(rule('deny'))],
    admins: settings.ADMINS,
    limits: {
      perMinute: settings.MESSAGES_PER_MINUTE,
      perDay: settings.MESSAGES_PER_DAY,
      characters: settings.MESSAGE_CHARACTERS,
      tokensPerDay: settings.TOKENS_PER_DAY,
    },
  }
}
