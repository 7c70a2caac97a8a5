import { isJson, type Json } from './json.ts'
import { Refusal } from './refusal.ts'

/** Block Kit's limits (https://docs.slack.dev/reference/block-kit): elements in a row, and characters of what they hold. */
const mostElements: Readonly<Record<string, number>> = { actions: 25, context: 10, context_actions: 5 }
const idLength = 255
const labelLength = 75
const valueLength = 2_000
const contextTextLength = 2_000

/** Refuses rows of elements that Slack would refuse: too many, nameless, too long, or two with one id. */
export function checkElements(blocks: readonly Json[]): void {
  const ids = blocks.map(({ block_id: id }) => id).filter(id => id !== undefined)
  demand(ids.every(id => isText(id, idLength)) && new Set(ids).size === ids.length)
  for (const block of blocks) {
    const most = mostElements[String(block['type'])]
    if (most !== undefined) checkRow(block, most)
  }
}

function checkRow({ type, elements }: Json, most: number): void {
  demand(Array.isArray(elements) && elements.length > 0 && elements.length <= most && elements.every(isJson))
  const row = (elements as readonly unknown[]).filter(isJson)
  if (type === 'context') {
    demand(row.every(({ type: kind, text }) => kind === 'image' || isText(text, contextTextLength)))
    return
  }
  const ids = row.map(({ action_id: id }) => id).filter(id => id !== undefined)
  demand(ids.every(id => isText(id, idLength)) && new Set(ids).size === ids.length)
  for (const element of row) checkElement(element)
}

function checkElement(element: Json): void {
  if (element['type'] === 'button') checkButton(element)
  if (element['type'] !== 'feedback_buttons') return
  const pair = [element['positive_button'], element['negative_button']]
  demand(pair.every(isJson))
  for (const one of pair.filter(isJson)) checkButton(one)
}

function checkButton({ text, value, accessibility_label: spoken }: Json): void {
  demand(isJson(text) && text['type'] === 'plain_text' && isText(text['text'], labelLength))
  demand(value === undefined || isText(value, valueLength))
  demand(spoken === undefined || isText(spoken, labelLength))
}

function isText(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= most
}

function demand(holds: boolean): void {
  if (!holds) throw new Refusal('invalid_blocks')
}
