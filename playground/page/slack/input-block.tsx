import type { VNode } from 'preact'
import type { Json } from '#playground/page/wire.ts'
import { isJson, listOf, withEmoji } from './block-text.ts'

/** A field of a form. Its name tells where its value goes: block id and action id, as Slack nests them. */
export function InputBlock({ block }: { block: Json }): VNode | null {
  const element = isJson(block['element']) ? block['element'] : {}
  const name = `${String(block['block_id'])} ${String(element['action_id'])}`
  const kind = String(element['type'])
  return (
    <div class="block-input">
      <label htmlFor={name}>{words(block['label'])}</label>
      {kind === 'static_select' || kind === 'radio_buttons' ? (
        <select id={name} name={name} data-kind={kind}>
          {listOf(element['options']).map(option => (
            <option key={String(option['value'])} value={String(option['value'])}>
              {words(option['text'])}
            </option>
          ))}
        </select>
      ) : element['multiline'] === true ? (
        <textarea
          id={name}
          name={name}
          data-kind={kind}
          rows={4}
          defaultValue={String(element['initial_value'] ?? '')}
        />
      ) : (
        <input
          id={name}
          name={name}
          data-kind={kind}
          type="text"
          defaultValue={String(element['initial_value'] ?? '')}
        />
      )}
      {isJson(block['hint']) && <small>{words(block['hint'])}</small>}
    </div>
  )
}

function words(text: unknown): string {
  return isJson(text) ? withEmoji(String(text['text'] ?? '')) : ''
}
