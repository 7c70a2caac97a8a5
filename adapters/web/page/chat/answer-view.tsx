import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '#adapters/web/page/icon.tsx'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import type { Reply, Turn } from '#adapters/web/page/state/turn.ts'
import { Avatar } from '#page/avatar.tsx'
import { announce } from '#page/live-region.tsx'
import { readMarkdown } from '#page/read-markdown.ts'
import { type Block, plainText } from '#page/rich.ts'
import { RichView } from '#page/rich-view.tsx'
import { AnswerTools } from './answer-tools.tsx'
import { showCode } from './code-block.tsx'
import { FileView } from './file-view.tsx'
import { ToldView } from './told-view.tsx'

type Props = Readonly<{ talk: OpenTalk; turn: Turn; reply: Reply; isLast: boolean }>

/** What Aeries says: its bare words while they come, and their markdown once they are whole. */
export function AnswerView({ talk, turn, reply, isLast }: Props): VNode {
  const { text, state, notice, note, told, files } = reply
  useSayWhenWhole(reply)
  return (
    <article class="answer" aria-label="Aeries" data-state={state} aria-busy={state !== 'whole'}>
      <Avatar name="Aeries" isBot />
      <div class="answer-words">
        {text !== '' && (state === 'whole' ? <Whole reply={reply} /> : <Growing text={text} />)}
        {text === '' && state === 'waiting' && notice === undefined && <Waiting />}
        {notice !== undefined && <Notice words={notice} isWaiting={state === 'waiting'} />}
        {note !== undefined && <p class="answer-note">{note}</p>}
        {files.map(file => (
          <FileView key={file.name} {...file} />
        ))}
        {told.map((one, at) => (
          <ToldView key={at} told={one} talk={talk.id} />
        ))}
        {state === 'whole' && text !== '' && <AnswerTools talk={talk} turn={turn} reply={reply} isLast={isLast} />}
      </div>
    </article>
  )
}

/** A reply is read once, however often it is drawn. */
const read = new WeakMap<Reply, readonly Block[]>()

function blocksOf(reply: Reply): readonly Block[] {
  const known = read.get(reply) ?? readMarkdown(reply.text)
  read.set(reply, known)
  return known
}

function Whole({ reply }: { reply: Reply }): VNode {
  return (
    <div class="rich">
      <RichView blocks={blocksOf(reply)} showCode={showCode} />
    </div>
  )
}

/** Parted as the whole will be, so that nothing moves when it is. */
function Growing({ text }: { text: string }): VNode {
  return (
    <div class="raw">
      {text.split(/\n{2,}/).map((part, at) => (
        <p key={at}>{part}</p>
      ))}
    </div>
  )
}

function Waiting(): VNode {
  return (
    <p class="waiting">
      <span class="unseen">Aeries is thinking</span>
      <i />
      <i />
      <i />
    </p>
  )
}

/** Aeries' own words in the place of an answer, such as that it rests. */
function Notice({ words, isWaiting }: { words: string; isWaiting: boolean }): VNode {
  const isResting = /resting/i.test(words)
  return (
    <div class="notice" data-kind={isResting ? 'resting' : 'word'} data-waiting={isWaiting}>
      {isResting && <Icon name="moon" size={20} />}
      <div>
        <p>{words}</p>
        {isResting && <p class="notice-more">Your words are kept. The answer comes here by itself.</p>}
      </div>
    </div>
  )
}

/** What grew before one's eyes is read out once, when it is whole. */
function useSayWhenWhole(reply: Reply): void {
  const wasOpen = useRef(false)
  const { state } = reply
  useEffect(() => {
    if (state !== 'whole') wasOpen.current = true
    else if (wasOpen.current) {
      wasOpen.current = false
      const words = reply.text === '' ? (reply.notice ?? '') : plainText(blocksOf(reply))
      if (words !== '') announce(`Aeries: ${words}`)
    }
  }, [state])
}
