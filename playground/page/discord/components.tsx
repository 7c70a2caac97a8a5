import type { VNode } from 'preact'
import { RichView } from '#page/rich-view.tsx'
import { namesOf } from '#playground/page/chat/names.ts'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { Json, MessageView } from '#playground/page/wire.ts'
import { readDiscord } from './read-discord.ts'

/** Discord's numbers for what may hang under a message. */
const kind = { row: 1, button: 2, select: 3, section: 9, text: 10, separator: 14, container: 17 } as const
const link = 5
const styles: Readonly<Record<number, string>> = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' }

/** The rows of buttons and menus under a message, and texts where a message is made of components alone. */
export function Components({ store, message }: { store: ChatStore; message: MessageView }): VNode | null {
  if (message.blocks.length === 0) return null
  return (
    <div class="components">
      {message.blocks.map((component, at) => (
        <Component key={at} store={store} message={message} component={component} />
      ))}
    </div>
  )
}

type ComponentProps = Readonly<{ store: ChatStore; message: MessageView; component: Json }>

function Component({ store, message, component }: ComponentProps): VNode | null {
  const inner = [...listOf(component['components']), ...listOf([component['accessory']])]
  switch (component['type']) {
    case kind.row:
    case kind.section:
    case kind.container:
      return (
        <div class={component['type'] === kind.container ? 'component-box' : 'component-row'}>
          {inner.map((one, at) => (
            <Component key={at} store={store} message={message} component={one} />
          ))}
        </div>
      )
    case kind.text:
      return (
        <div class="rich">
          <RichView blocks={readDiscord(String(component['content'] ?? ''), namesOf(store))} />
        </div>
      )
    case kind.separator:
      return <hr />
    case kind.button:
      return <ButtonView store={store} message={message} component={component} />
    case kind.select:
      return <SelectView store={store} message={message} component={component} />
    default:
      return null
  }
}

function ButtonView({ store, message, component }: ComponentProps): VNode {
  const { label, emoji, style, url, custom_id: id, disabled } = component
  const symbol = typeof emoji === 'object' && emoji !== null && 'name' in emoji ? String(emoji.name) : ''
  const words = [symbol, label].filter(Boolean).join(' ')
  if (style === link) {
    return (
      <a class="component-button" data-style="link" href={String(url)} target="_blank" rel="noopener noreferrer">
        {words}
      </a>
    )
  }
  return (
    <button
      type="button"
      class="component-button"
      data-style={styles[Number(style)] ?? 'secondary'}
      disabled={disabled === true}
      onClick={() => void actAsMe(store, 'click', { message: message.native, button: id })}
    >
      {words}
    </button>
  )
}

function SelectView({ store, message, component }: ComponentProps): VNode {
  const { custom_id: id, placeholder, disabled } = component
  const label = String(placeholder ?? 'Choose')
  return (
    <select
      class="component-select"
      aria-label={label}
      disabled={disabled === true}
      onChange={({ currentTarget }) => {
        if (currentTarget.value === '') return
        void actAsMe(store, 'select', { message: message.native, menu: id, values: [currentTarget.value] })
      }}
    >
      <option value="">{label}</option>
      {listOf(component['options']).map(one => (
        <option key={String(one['value'])} value={String(one['value'])}>
          {String(one['label'])}
        </option>
      ))}
    </select>
  )
}

export function Embeds({ store, embeds }: { store: ChatStore; embeds: readonly Json[] }): VNode | null {
  if (embeds.length === 0) return null
  return (
    <>
      {embeds.map((embed, at) => (
        <div key={at} class="embed">
          {typeof embed['title'] === 'string' && <strong>{embed['title']}</strong>}
          {typeof embed['description'] === 'string' && (
            <div class="rich">
              <RichView blocks={readDiscord(embed['description'], namesOf(store))} />
            </div>
          )}
          {listOf(embed['fields']).map((field, place) => (
            <p key={place}>
              <strong>{String(field['name'])}</strong> {String(field['value'])}
            </p>
          ))}
        </div>
      ))}
    </>
  )
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'object' && one !== null) : []
}
