import type { Button } from '#src/core/surface.ts'
import type { ControlName } from './control-name.ts'

const action = 'control:'

const labels = {
  stop: '🛑 Stop',
  regenerate: '🔁 Try again',
  continue: '▶️ Go on',
  delete: '🗑️ Delete',
} as const satisfies Record<ControlName, string>

/** A control as a button under an answer. The message that it stands under says which answer. */
export function controlButton(control: ControlName): Button {
  return { action: `${action}${control}`, label: labels[control] }
}

/** The control that a tap asks for; `undefined`: it is another button. */
export function controlOf(tapped: string): ControlName | undefined {
  const name = tapped.startsWith(action) ? tapped.slice(action.length) : ''
  return Object.hasOwn(labels, name) ? (name as ControlName) : undefined
}
