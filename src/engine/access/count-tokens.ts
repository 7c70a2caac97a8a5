import type { Telemetry } from '#src/core/telemetry.ts'
import type { Access } from './access.ts'

/** The same telemetry, beside which what each answer took is counted, also one that was stopped or broke off. */
export function countTokens(telemetry: Telemetry, access: Access, own: (task: () => Promise<void>) => void): Telemetry {
  return {
    tell(telling) {
      if (telling.type === 'generated') {
        const { promptTokens, completionTokens } = telling.usage
        own(() => access.spend(promptTokens + completionTokens))
      }
      if (telling.type === 'left off') own(() => access.spend(telling.tokens))
      telemetry.tell(telling)
    },
  }
}
