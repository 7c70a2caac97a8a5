import type { Button, Write } from '#src/core/surface.ts'

/** Block Kit: 25 elements in a row, 75 characters on a button (https://docs.slack.dev/reference/block-kit). */
const most = 25
const labelLength = 75
/** Slack wants ids that differ; what a tap asks for is the value. */
const prefix = 'button.'

export function hasButtons({ buttons = [] }: Pick<Write, 'buttons'>): boolean {
  return buttons.length > 0
}

/** A row of buttons as Slack has it. */
export function buttonsBlock(buttons: readonly Button[]) {
  const elements = buttons.slice(0, most).map(({ action, label }, at) => ({
    type: 'button',
    action_id: `${prefix}${at}`,
    value: action,
    text: { type: 'plain_text', text: shortened(label), emoji: false },
  }))
  return { type: 'actions', elements }
}

/** What a tap on an element asks for: our own buttons say it themselves, Slack's tell which one of a kind it was. */
export function tapped({
  action_id: id,
  value,
}: Readonly<{ action_id: string; value?: string | null | undefined }>): string {
  if (value == null) return id
  return id.startsWith(prefix) ? value : `${id}:${value}`
}

function shortened(label: string): string {
  return label.length <= labelLength ? label : `${label.slice(0, labelLength - 1).toWellFormed()}…`
}
