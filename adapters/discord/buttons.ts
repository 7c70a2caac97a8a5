import { ButtonStyle, ComponentType } from 'discord.js'
import type { Button } from '#src/core/surface.ts'

/** Discord's own limits of a row and of a label. */
const perRow = 5
const maxLabel = 80

type Row = Readonly<{ type: ComponentType.ActionRow; components: readonly Readonly<{ custom_id: string }>[] }>

/** Buttons under a text, in rows. The action travels as the button's own id, so a tap needs no memory of ours. */
export function rowsOf(buttons: readonly Button[]): readonly Row[] {
  const rows: Row[] = []
  for (let at = 0; at < buttons.length; at += perRow) {
    const components = buttons.slice(at, at + perRow).map(({ action, label }) => ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      custom_id: action,
      label: label.length <= maxLabel ? label : `${label.slice(0, maxLabel - 1)}…`,
    }))
    rows.push({ type: ComponentType.ActionRow, components })
  }
  return rows
}
