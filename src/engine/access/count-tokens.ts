import type { Telemetry } from '#src/core/telemetry.ts'
import type { Access } from './access.ts'

/** The same telemetry, beside which what each answer took is counted. An answer that is stopped has told no usage: its asker has paid with a message. */
export function countTokens(telemetry: Telemetry, access: Access, own: (task: () => Promise<void>) => void): Telemetry {
  return {
    tell(telling) {
      const { usage } = telling.type === 'generated' ? telling : {}
      if (usage) own(() => access.spend(usage))
      telemetry.tell(telling)
    },
  }
}
