import { refuse } from './api-error.ts'
import type { Json } from './json.ts'
import { messageFlag } from './message.ts'
import type { Rules } from './rules.ts'

type Words = Readonly<{
  content: string
  flags: number
  embeds: readonly Json[]
  components: readonly Json[]
  attachments: number
}>

const maxEmbeds = 10
const maxEmbedText = 6_000
const maxNonce = 25

/** Throws what Discord answers to a message that breaks a rule of form; the content is measured untrimmed. */
export function checkWords(rules: Rules, words: Words): void {
  checkLength(rules, words.content)
  checkEmbeds(words.embeds)
  checkComponents(words)
  if (words.flags & messageFlag.componentsV2 && (words.content !== '' || words.embeds.length > 0)) {
    const reason = 'The "content" field cannot be used when using MessageFlags.IS_COMPONENTS_V2'
    throw refuse.form('content', 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', reason)
  }
  const nothing = words.content.trim() === '' && words.embeds.length === 0 && words.attachments === 0
  if (nothing && words.components.length === 0) throw refuse.emptyMessage()
}

/** Throws 50035 for a nonce that is too long. */
export function checkNonce(nonce: string | number | undefined): void {
  if (nonce !== undefined && String(nonce).length > maxNonce) throw tooLong('nonce', maxNonce)
}

function checkLength({ contentLimit, countBy }: Rules, content: string): void {
  const length = countBy === 'utf-16' ? content.length : [...content].length
  if (length > contentLimit) throw tooLong('content', contentLimit)
}

function checkEmbeds(embeds: readonly Json[]): void {
  if (embeds.length > maxEmbeds) throw tooLong('embeds', maxEmbeds)
  const text = JSON.stringify(
    embeds.map(({ title, description, fields, footer, author }) => ({ title, description, fields, footer, author })),
  )
  // An upper bound is checked first, so that only a doubtful message is counted exactly.
  if (text.length > maxEmbedText && embeds.reduce((sum, one) => sum + textOf(one), 0) > maxEmbedText) {
    throw refuse.form('embeds', 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${maxEmbedText}`)
  }
}

function textOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  const skipped = new Set(['url', 'icon_url', 'proxy_url', 'timestamp', 'type'])
  return Object.entries(value).reduce((sum, [key, inner]) => sum + (skipped.has(key) ? 0 : textOf(inner)), 0)
}

const row = 1
const button = 2
const linkStyle = 5
const maxRows = 5
const maxInRow = 5
const maxComponents = 40

/** Without Components V2 there are at most five rows of one to five parts each, and nothing else at the top. Ids are unique. */
function checkComponents({ components, flags }: Words): void {
  if (components.length > maxComponents) throw tooLong('components', maxComponents)
  const isClassic = (flags & messageFlag.componentsV2) === 0
  if (isClassic && components.length > maxRows) throw tooLong('components', maxRows)
  const ids = new Set<string>()
  for (const [rowAt, one] of components.entries()) {
    const path = `components.${rowAt}`
    if (isClassic && one['type'] !== row) {
      throw refuse.form(`${path}.type`, 'BASE_TYPE_CHOICES', 'Value of field "type" must be one of (1,).')
    }
    const parts = Array.isArray(one['components']) ? (one['components'] as readonly Json[]) : []
    if (one['type'] === row && (parts.length === 0 || parts.length > maxInRow)) {
      throw refuse.form(`${path}.components`, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${maxInRow} in length.`)
    }
    for (const [at, part] of parts.entries()) checkPart(`${path}.components.${at}`, part, ids)
  }
}

/** Ids of 1 to 100 and labels of 1 to 80 characters; a button has a style, a face, and an id unless it is a link. */
function checkPart(path: string, part: Json, ids: Set<string>): void {
  const { custom_id: id, label, style } = part
  if (typeof id === 'string' && (id.length === 0 || id.length > 100)) throw tooLong(`${path}.custom_id`, 100)
  if (typeof label === 'string' && label.length > 80) throw tooLong(`${path}.label`, 80)
  if (part['type'] === button) {
    const required = (field: string) => refuse.form(`${path}.${field}`, 'BASE_TYPE_REQUIRED', 'This field is required')
    if (typeof style !== 'number' || style < 1 || style > 6) throw required('style')
    if (style < linkStyle && typeof id !== 'string') throw required('custom_id')
    if (style <= linkStyle && (label === undefined || label === '') && part['emoji'] === undefined)
      throw required('label')
  }
  if (typeof id !== 'string') return
  if (ids.has(id)) {
    const reason = 'Component custom id cannot be duplicated'
    throw refuse.form(`${path}.custom_id`, 'COMPONENT_CUSTOM_ID_DUPLICATED', reason)
  }
  ids.add(id)
}

function tooLong(field: string, most: number) {
  return refuse.form(field, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`)
}
