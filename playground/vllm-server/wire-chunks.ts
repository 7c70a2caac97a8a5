import type { WireProfile } from './wire-profile.ts'

export type Channel = 'content' | 'reasoning'
export type Identity = Readonly<{ id: string; created: number; model: string; fingerprint: string }>
type Extra = Readonly<Record<string, unknown>> | undefined

/** What one text record says. */
export type DeltaPart = Readonly<{
  channel: Channel
  text: string
  ids?: readonly number[] | undefined
  usage?: Extra
  role?: boolean
  /** How a record before the last tells that nothing has ended: null as vLLM does, or as gateways spoil it. */
  interiorFinish?: 'empty' | 'absent' | undefined
  /** The name that thinking goes by; the profile's own unless given. */
  reasoningField?: string | undefined
}>

/**
 * The JSON of one answer's records, keys in the order of the real wire. Head and tail are rendered once; a plain record
 * costs one string concatenation.
 */
export class WireChunks {
  readonly #profile: WireProfile
  readonly #identity: Identity
  readonly #head: string
  readonly #plainTail: string

  constructor(profile: WireProfile, identity: Identity) {
    this.#profile = profile
    this.#identity = identity
    const { id, created, model } = identity
    const head = JSON.stringify({ id, object: 'chat.completion.chunk', created, model })
    this.#head = `${head.slice(0, -1)},"choices":[`
    this.#plainTail = `},"logprobs":null,"finish_reason":null${profile.lateKeys ? ',"token_ids":null' : ''}}]}`
  }

  /** The first record; it goes out with the first token, so that its arrival is the time to first token. */
  role(prompt: { ids: readonly number[] | null; text: string | null }, usage?: Extra): string {
    const delta = this.#profile.roleCarriesContent ? '{"role":"assistant","content":""}' : '{"role":"assistant"}'
    const late = this.#profile.lateKeys
      ? `,"prompt_token_ids":${JSON.stringify(prompt.ids)},"prompt_text":${JSON.stringify(prompt.text)}`
      : ''
    const choice = `{"index":0,"delta":${delta},"logprobs":null,"finish_reason":null}]`
    return `${this.#head}${choice}${usageKey(usage)}${late}}`
  }

  delta(part: DeltaPart): string {
    if (part.channel === 'content' && !part.usage && !part.ids && !part.role && !part.interiorFinish) {
      return `${this.#head}{"index":0,"delta":{"content":${JSON.stringify(part.text)}${this.#plainTail}`
    }
    const finish = { empty: ',"finish_reason":""', absent: '', none: ',"finish_reason":null' }
    const ended = finish[part.interiorFinish ?? 'none']
    const choice = `{"index":0,"delta":${this.#deltaOf(part)},"logprobs":null${ended}${this.#tokenIds(part)}}]`
    return `${this.#head}${choice}${usageKey(part.usage)}}`
  }

  /** The record with the `finish_reason`; it may carry text. */
  finish(part: DeltaPart, ending: { reason: string; stopReason: string | null; usageFollows: boolean }): string {
    const reasons = `"finish_reason":"${ending.reason}","stop_reason":${JSON.stringify(ending.stopReason)}`
    const choice = `{"index":0,"delta":${this.#deltaOf(part)},"logprobs":null,${reasons}${this.#tokenIds(part)}}]`
    return `${this.#head}${choice}${usageKey(part.usage)}${ending.usageFollows ? '' : this.#fingerprint()}}`
  }

  usage(usage: Extra, metrics: Extra): string {
    const told = metrics ? `,"metrics":${JSON.stringify(metrics)}` : ''
    return `${this.#head}]${usageKey(usage)}${this.#fingerprint()}${told}}`
  }

  /** Records without a delta, as gateways write them: a client takes them for metadata. */
  hollow(): readonly string[] {
    const bare = this.#head.slice(0, -'"choices":['.length)
    return [
      `${this.#head}]}`,
      `${bare}"choices":null}`,
      `${bare}"provider":"gateway"}`,
      `${this.#head}{"index":0,"finish_reason":null}]}`,
    ]
  }

  /** The same answer under another id, as a proxy's retry on another replica shows it. */
  under(id: string): WireChunks {
    return new WireChunks(this.#profile, { ...this.#identity, id, created: this.#identity.created + 1 })
  }

  #deltaOf(part: DeltaPart): string {
    const thinking = part.reasoningField ?? this.#profile.reasoningField
    const field = part.channel === 'reasoning' ? thinking : 'content'
    return JSON.stringify({ ...(part.role ? { role: 'assistant' } : {}), [field]: part.text })
  }

  #tokenIds(part: DeltaPart): string {
    return this.#profile.lateKeys ? `,"token_ids":${JSON.stringify(part.ids ?? null)}` : ''
  }

  #fingerprint(): string {
    return this.#profile.lateKeys ? `,"system_fingerprint":${JSON.stringify(this.#identity.fingerprint)}` : ''
  }
}

function usageKey(usage: Extra): string {
  return usage ? `,"usage":${JSON.stringify(usage)}` : ''
}
