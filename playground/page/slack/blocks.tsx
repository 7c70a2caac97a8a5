import type { VNode } from 'preact'
import { RichView } from '#page/rich-view.tsx'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import type { Json, MessageView } from '#playground/page/wire.ts'
import { blockText } from './block-text.ts'
import { BlockView, type Press } from './block-view.tsx'

/** The blocks of a message, and what hangs below it as attachments. */
export function Blocks({ store, message }: { store: ChatStore; message: MessageView }): VNode | null {
  const press: Press = button => void actAsMe(store, 'click', { place: message.place, ts: message.native, button })
  if (message.blocks.length === 0 && message.embeds.length === 0) return null
  return (
    <div class="blocks">
      {message.blocks.map((block, at) => (
        <BlockView key={at} store={store} block={block} press={press} />
      ))}
      {message.embeds.map((attachment, at) => (
        <Attachment key={at} store={store} attachment={attachment} />
      ))}
    </div>
  )
}

function Attachment({ store, attachment }: { store: ChatStore; attachment: Json }): VNode {
  const words = attachment['text'] ?? attachment['fallback'] ?? attachment['title'] ?? ''
  return (
    <div class="embed rich">
      <RichView blocks={blockText(store, { type: 'mrkdwn', text: words })} />
    </div>
  )
}
