/** Where one writes to Aeries. */
export const writeField = '.composer textarea'

/**
 * Has the next letters go there. What was changed just now is drawn by then, and no frame is waited for: fast fingers, or a slow
 * machine, would have pressed the next key before it.
 */
export function focusOn(selector: string): void {
  queueMicrotask(() => document.querySelector<HTMLElement>(selector)?.focus())
}
