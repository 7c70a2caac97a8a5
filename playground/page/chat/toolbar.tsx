import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { act, actAsMe } from '#playground/page/state/act.ts'
import { meOn, open } from '#playground/page/state/stores.ts'
import { editing } from './edit-box.tsx'
import { EmojiPicker } from './emoji-picker.tsx'
import type { MessageProps } from './message-props.ts'
import { toggleReaction } from './reactions.tsx'

/** What one can do with a message. */
export function Toolbar({ store, place, message, isInThread, replyTo }: MessageProps): VNode {
  const isPicking = useSignal(false)
  const isDiscord = store.platform === 'discord'
  const isMine = message.author === meOn(store)?.id
  const where = isDiscord ? { message: message.native } : { place: message.place, ts: message.native }
  const react = (symbol: string, name: string) => {
    isPicking.value = false
    toggleReaction(store, message, isDiscord ? symbol : name)
  }
  return (
    <div class="tools" role="toolbar" aria-label="Message actions">
      <Tool label="React with thumbs up" sign="👍" onUse={() => react('👍', '+1')} />
      <Tool label="React with thumbs down" sign="👎" onUse={() => react('👎', '-1')} />
      <Tool
        label="Add a reaction"
        sign="☺"
        isOpen={isPicking.value}
        onUse={() => (isPicking.value = !isPicking.value)}
      />
      {isDiscord && <Tool label="Reply" sign="↩" onUse={() => (replyTo.value = message)} />}
      {isDiscord && place.kind !== 'dm' && place.kind !== 'thread' && (
        <Tool
          label="Create a thread"
          sign="#"
          onUse={() => void startThread(message.place, message.native, message.text)}
        />
      )}
      {!isDiscord && !isInThread && (
        <Tool label="Reply in thread" sign="💬" onUse={() => open(store, place.id, message.thread ?? message.native)} />
      )}
      {isDiscord &&
        store.scene.value?.menu.map(name => (
          <Tool key={name} label={name} sign="⋯" onUse={() => void actAsMe(store, 'pick', { ...where, name })} />
        ))}
      {isMine && <Tool label="Edit" sign="✎" onUse={() => (editing.value = message.id)} />}
      {isMine && <Tool label="Delete" sign="🗑" onUse={() => void actAsMe(store, 'delete', where)} />}
      {isPicking.value && <EmojiPicker onPick={react} onClose={() => (isPicking.value = false)} />}
    </div>
  )

  async function startThread(at: string, id: string, text: string): Promise<void> {
    const name =
      text
        .replace(/<[^>]*>/g, '')
        .trim()
        .slice(0, 40) || 'A thread'
    const by = meOn(store)?.id
    const made = await act<{ id: string }>('discord', 'createThread', { place: at, name, by, message: id })
    if (made) open(store, made.id)
  }
}

type ToolProps = Readonly<{ label: string; sign: string; isOpen?: boolean; onUse(): void }>

function Tool({ label, sign, isOpen, onUse }: ToolProps): VNode {
  return (
    <button type="button" class="tool" aria-label={label} title={label} aria-expanded={isOpen} onClick={onUse}>
      <span aria-hidden="true">{sign}</span>
    </button>
  )
}
