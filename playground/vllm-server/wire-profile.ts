export type WireProfileName = '0.32' | '0.27' | '0.10' | 'rust'

/** What differs on the wire between the releases that a client may meet. */
export type WireProfile = Readonly<{
  version: string
  /** `{"error":{…}}`, the same fields at the top level with `"object":"error"`, or nested with a code in words. */
  errorShape: 'nested' | 'flat' | 'worded'
  /** The body of an unknown path: `{"detail":…}` or an error like the others. */
  unknownPath: 'detail' | 'error'
  reasoningField: 'reasoning' | 'reasoning_content'
  /** Whether `max_tokens` is cut to what the context leaves, or refused when prompt and answer do not both fit. */
  clampsMaxTokens: boolean
  contextWording: 'prompt-only' | 'prompt-and-output' | 'messages-and-completion'
  /** Newer keys of chunks: `token_ids`, `prompt_token_ids`, `prompt_text`, `system_fingerprint`. */
  lateKeys: boolean
  /** `created_cache_tokens` and `multimodal_tokens` beside `cached_tokens`; more nulls in whole answers. */
  cacheDetails: boolean
  /** Whether the first record's delta has an empty `content` beside the role. */
  roleCarriesContent: boolean
  /** `--max-num-queued-reqs`: refuses with 503 when the queue is full. Older ones queue without bound. */
  refusesWhenFull: boolean
  /** A refused schema under backend `auto`: words, or an empty 500. */
  schemaRefusal: 'worded' | 'empty-500'
  /** JSON schema keywords that the xgrammar backend of this release turns away. */
  refusedKeywords: readonly string[]
}>

const refusedByXgrammar = ['multipleOf', 'uniqueItems', 'contains', 'minContains', 'maxContains'] as const

export const wireProfiles: Readonly<Record<WireProfileName, WireProfile>> = {
  '0.32': {
    version: '0.32.0',
    errorShape: 'nested',
    unknownPath: 'detail',
    reasoningField: 'reasoning',
    clampsMaxTokens: true,
    contextWording: 'prompt-only',
    lateKeys: true,
    cacheDetails: true,
    roleCarriesContent: true,
    refusesWhenFull: true,
    schemaRefusal: 'worded',
    refusedKeywords: refusedByXgrammar,
  },
  '0.27': {
    version: '0.27.1',
    errorShape: 'nested',
    unknownPath: 'error',
    reasoningField: 'reasoning',
    clampsMaxTokens: false,
    contextWording: 'prompt-and-output',
    lateKeys: true,
    cacheDetails: false,
    roleCarriesContent: true,
    refusesWhenFull: false,
    schemaRefusal: 'empty-500',
    refusedKeywords: [...refusedByXgrammar, 'patternProperties', 'propertyNames'],
  },
  '0.10': {
    version: '0.10.1',
    errorShape: 'flat',
    unknownPath: 'detail',
    reasoningField: 'reasoning_content',
    clampsMaxTokens: false,
    contextWording: 'messages-and-completion',
    lateKeys: false,
    cacheDetails: false,
    roleCarriesContent: true,
    refusesWhenFull: false,
    schemaRefusal: 'empty-500',
    refusedKeywords: [...refusedByXgrammar, 'patternProperties', 'propertyNames'],
  },
  rust: {
    version: '0.27.1',
    errorShape: 'worded',
    unknownPath: 'error',
    reasoningField: 'reasoning',
    clampsMaxTokens: false,
    contextWording: 'prompt-and-output',
    lateKeys: true,
    cacheDetails: false,
    roleCarriesContent: false,
    refusesWhenFull: false,
    schemaRefusal: 'empty-500',
    refusedKeywords: [...refusedByXgrammar, 'patternProperties', 'propertyNames'],
  },
}

export function isWireProfileName(name: string): name is WireProfileName {
  return Object.hasOwn(wireProfiles, name)
}
