import type { VNode } from 'preact'
import { RichView } from '#page/rich-view.tsx'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { Json } from '#playground/page/wire.ts'
import { blockText, isJson, listOf, richText, withEmoji } from './block-text.ts'
import { InputBlock } from './input-block.tsx'

/** A control was used: its action, or the value that was chosen. */
export type Press = (button: string) => void

type BlockProps = Readonly<{ store: ChatStore; block: Json; press: Press }>

/** One block of Block Kit, as far as an app like Aeries uses it. What it does not know it leaves out. */
export function BlockView({ store, block, press }: BlockProps): VNode | null {
  switch (block['type']) {
    case 'section':
      return (
        <div class="block-section">
          <Text store={store} text={block['text']} />
          {listOf(block['fields']).map((field, at) => (
            <Text key={at} store={store} text={field} />
          ))}
          {isJson(block['accessory']) && <Element element={block['accessory']} press={press} />}
        </div>
      )
    case 'markdown':
      return <Text store={store} text={{ type: 'markdown', text: block['text'] }} />
    case 'rich_text':
      return (
        <div class="rich">
          <RichView blocks={richText(store, block)} />
        </div>
      )
    case 'header':
      return <p class="block-header">{withEmoji(words(block['text']))}</p>
    case 'divider':
      return <hr />
    case 'context':
      return (
        <div class="block-context">
          {listOf(block['elements']).map((element, at) => (
            <Text key={at} store={store} text={element} />
          ))}
        </div>
      )
    case 'actions':
    case 'context_actions':
      return (
        <div class="component-row">
          {listOf(block['elements']).map((element, at) => (
            <Element key={at} element={element} press={press} />
          ))}
        </div>
      )
    case 'input':
      return <InputBlock block={block} />
    default:
      return null
  }
}

function Text({ store, text }: { store: ChatStore; text: unknown }): VNode {
  return (
    <div class="rich">
      <RichView blocks={blockText(store, text)} />
    </div>
  )
}

function Element({ element, press }: { element: Json; press: Press }): VNode | null {
  const label = withEmoji(words(element['text']))
  const action = String(element['action_id'] ?? element['value'] ?? label)
  switch (element['type']) {
    case 'button':
    case 'icon_button':
      return (
        <button
          type="button"
          class="component-button"
          data-style={String(element['style'] ?? 'secondary')}
          onClick={() => press(action)}
        >
          {label || (element['icon'] === 'trash' ? '🗑' : action)}
        </button>
      )
    case 'feedback_buttons':
      return (
        <>
          {[element['positive_button'], element['negative_button']].filter(isJson).map((side, at) => (
            <button
              key={at}
              type="button"
              class="component-button"
              data-style="quiet"
              aria-label={String(side['accessibility_label'] ?? words(side['text']))}
              title={words(side['text'])}
              onClick={() => press(String(side['value']))}
            >
              <span aria-hidden="true">{at === 0 ? '👍' : '👎'}</span>
            </button>
          ))}
        </>
      )
    case 'static_select':
    case 'overflow':
    case 'radio_buttons':
      return (
        <select
          class="component-select"
          aria-label={words(element['placeholder']) || 'Choose'}
          onChange={({ currentTarget }) => press(currentTarget.value)}
        >
          <option value="">{words(element['placeholder']) || '…'}</option>
          {listOf(element['options']).map(option => (
            <option key={String(option['value'])} value={String(option['value'])} selected={isChosen(element, option)}>
              {withEmoji(words(option['text']))}
            </option>
          ))}
        </select>
      )
    default:
      return null
  }
}

function isChosen(element: Json, option: Json): boolean {
  const initial = element['initial_option']
  return isJson(initial) && initial['value'] === option['value']
}

function words(text: unknown): string {
  return isJson(text) ? String(text['text'] ?? '') : ''
}
