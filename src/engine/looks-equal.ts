import type { ReplySurface, Write } from '#src/core/surface.ts'
import type { Shown } from './standing.ts'

/** The write would change nothing of what its reader sees. */
export function looksEqual(surface: Pick<ReplySurface, 'render'>, shown: Shown, write: Write): boolean {
  if (shown.note !== write.note || shown.notice !== (write.notice ?? false)) return false
  if (!sameActions(shown, write)) return false
  if (shown.text.trimEnd() !== write.text.trimEnd()) return false
  // A notice has no other form for its end, and a frozen part is asked about with every write behind it.
  if (write.notice || (shown.phase === write.phase && shown.text === write.text)) return true
  return surface.render(shown.text, shown.phase) === surface.render(write.text, write.phase)
}

function sameActions({ actions = [] }: Shown, { buttons = [] }: Write): boolean {
  return actions.length === buttons.length && actions.every((action, at) => action === buttons[at]?.action)
}
