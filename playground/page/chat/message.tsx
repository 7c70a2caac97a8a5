import { useComputed } from '@preact/signals'
import type { VNode } from 'preact'
import { Avatar } from '#page/avatar.tsx'
import { plainText } from '#page/rich.ts'
import { RichView } from '#page/rich-view.tsx'
import { Components, Embeds } from '#playground/page/discord/components.tsx'
import { Blocks } from '#playground/page/slack/blocks.tsx'
import { open } from '#playground/page/state/stores.ts'
import { EditBox, editing } from './edit-box.tsx'
import { Files } from './files.tsx'
import type { MessageProps } from './message-props.ts'
import { Reactions } from './reactions.tsx'
import { readWords } from './read-words.ts'
import { Toolbar } from './toolbar.tsx'

/** One message with all that hangs on it. Its tools are there while it is active: under the pointer, or reached by the keyboard. */
export function Message(props: MessageProps): VNode {
  const { store, message, isContinued, isLast, active } = props
  const isActive = useComputed(() => active.value === message.id)
  if (message.state === 'notice')
    return <li class="notice">{`${store.nameOf(message.author)} started a thread: ${message.text}`}</li>
  const name = store.nameOf(message.author)
  const isBot = store.people.value.get(message.author)?.isBot ?? false
  const activate = () => {
    active.value = message.id
  }
  // Whoever works with its tools by the keyboard keeps them.
  const leave = ({ currentTarget }: PointerEvent) => {
    const hasFocus = currentTarget instanceof Element && currentTarget.contains(document.activeElement)
    if (active.value === message.id && !hasFocus) active.value = undefined
  }
  const shown = capitalised(name)
  return (
    <li
      class="message"
      data-id={message.id}
      data-author={isBot ? 'aeries' : 'person'}
      data-continued={isContinued}
      data-active={isActive.value}
      data-private={message.onlyFor !== undefined}
      tabIndex={isActive.value || (active.value === undefined && isLast) ? 0 : -1}
      aria-label={`${shown}, ${timeOf(message.at)}`}
      onPointerEnter={activate}
      onPointerLeave={leave}
      onFocusCapture={activate}
    >
      <Answered store={store} message={message} />
      {isContinued ? (
        <span class="message-time-aside">{timeOf(message.at)}</span>
      ) : (
        <Avatar name={shown} isBot={isBot} />
      )}
      <div class="message-body">
        {!isContinued && (
          <p class="message-head">
            <strong>{shown}</strong>
            {isBot && <span class="app-tag">APP</span>}
            <time dateTime={new Date(message.at).toISOString()}>{timeOf(message.at)}</time>
          </p>
        )}
        <Words {...props} />
        <Files files={message.files} />
        <Reactions store={store} message={message} />
        <ThreadLink {...props} />
        {message.onlyFor !== undefined && <p class="only-you">Only visible to you</p>}
      </div>
      {isActive.value && message.onlyFor === undefined && <Toolbar {...props} />}
    </li>
  )
}

function Words({ store, message }: MessageProps): VNode {
  if (editing.value === message.id) return <EditBox store={store} message={message} />
  if (message.state === 'thinking')
    return <p class="thinking">{capitalised(store.nameOf(message.author))} is thinking…</p>
  const isSlack = store.platform === 'slack'
  const words = readWords(message, store)
  const edited = message.isEdited && <span class="edited">(edited)</span>
  // Blocks stand in place of the text, which is then only what a notification says; a stream has both.
  const hidesText = isSlack && message.blocks.length > 0 && message.format === 'mrkdwn'
  return (
    <>
      {!hidesText && words.length > 0 && (
        <div class="rich">
          <RichView blocks={words} />
        </div>
      )}
      {message.forwarded !== undefined && <blockquote class="forwarded">{message.forwarded}</blockquote>}
      {isSlack ? <Blocks store={store} message={message} /> : <Embeds store={store} embeds={message.embeds} />}
      {edited}
      {!isSlack && <Components store={store} message={message} />}
    </>
  )
}

/** The message that this one answers. */
function Answered({ store, message }: Pick<MessageProps, 'store' | 'message'>): VNode | null {
  if (message.replyTo === undefined) return null
  const answered = store.message(message.replyTo)?.value
  if (answered === undefined || answered.isGone) return <p class="answered">↱ a message that was deleted</p>
  const words = plainText(readWords(answered, store)).replace(/\s+/g, ' ')
  return (
    <p class="answered">
      <span aria-hidden="true">↱</span> <strong>@{capitalised(store.nameOf(answered.author))}</strong>{' '}
      {words.slice(0, 90)}
    </p>
  )
}

/** Where Slack hides the answers in a thread. */
function ThreadLink({ store, place, message, isInThread }: MessageProps): VNode | null {
  if (store.platform !== 'slack' || isInThread) return null
  const replies = store
    .messagesIn(place.id)
    .filter(one => one.thread === message.native && one.id !== message.id && !one.isGone)
  const isThinking = store.signs.value.some(sign => sign.place === place.id && sign.thread === message.native)
  if (replies.length === 0 && !isThinking) return null
  const [last] = replies.slice(-1)
  const count = replies.length === 0 ? 'Thread' : replies.length === 1 ? '1 reply' : `${replies.length} replies`
  return (
    <button type="button" class="thread-link" onClick={() => open(store, place.id, message.native)}>
      {last && <Avatar name={store.nameOf(last.author)} isBot={last.author === store.scene.value?.bot} />}
      <strong>{count}</strong>
      <span>
        {isThinking
          ? 'Aeries is thinking…'
          : last && plainText(readWords(last, store)).replace(/\s+/g, ' ').slice(0, 60)}
      </span>
    </button>
  )
}

function timeOf(ms: number): string {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
