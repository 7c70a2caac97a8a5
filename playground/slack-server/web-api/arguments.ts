import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import { badArguments, Refusal } from '#playground/slack-server/world/refusal.ts'

/** What a method was called with. Forms carry everything as text, objects as JSON in text; JSON bodies as they are. */
export class Arguments {
  readonly all: Json

  constructor(all: Json) {
    this.all = all
  }

  text(name: string): string | undefined {
    const value = this.all[name]
    if (typeof value === 'string') return value
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  }

  required(name: string): string {
    const value = this.text(name)
    if (value === undefined || value === '') throw badArguments(`missing required field: ${name}`)
    return value
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)
    return value === undefined ? undefined : value === 'true' || value === '1'
  }

  number(name: string, fallback: number): number {
    const value = Number(this.text(name) ?? fallback)
    return Number.isFinite(value) ? value : fallback
  }

  /** An argument that is no plain text; `refusal` is Slack's word when it cannot be read. */
  parsed(name: string, refusal: string): unknown {
    const value = this.all[name]
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      throw new Refusal(refusal)
    }
  }

  object(name: string, refusal: string): Json | undefined {
    const value = this.parsed(name, refusal)
    if (value === undefined || value === null || value === '') return undefined
    if (!isJson(value)) throw new Refusal(refusal)
    return value
  }

  list(name: string, refusal: string): readonly unknown[] | undefined {
    const value = this.parsed(name, refusal)
    if (value === undefined || value === null || value === '') return undefined
    if (!Array.isArray(value)) throw new Refusal(refusal)
    return value
  }
}
