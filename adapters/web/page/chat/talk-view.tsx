import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import { tried } from '#adapters/web/page/state/toast.ts'
import { Scroller } from '#page/scroller.tsx'
import { ChunkView } from './chunk-view.tsx'
import { partsOf } from './parts.ts'
import { watchNear } from './watch-near.ts'

/** All that was said, the newest at its end; what is above comes when one gets near it. */
export function TalkView({ talk }: { talk: OpenTalk }): VNode {
  const chunks = talk.chunks.value
  const newest = new Set(chunks.slice(-2).map(({ key }) => key))
  if (talk.state.value === 'gone') {
    return (
      <section class="welcome" aria-label="Not here">
        <div class="welcome-inside">
          <p class="welcome-greeting">This conversation is not here.</p>
          <p class="welcome-words">It may have been deleted. Begin another one whenever you like.</p>
        </div>
      </section>
    )
  }
  return (
    <Scroller label="Conversation">
      <Above talk={talk} />
      {partsOf(chunks).map(part => (
        <div key={part.key} class="part">
          {part.chunks.map(({ key, turns }) => (
            <ChunkView key={key} turns={turns} talk={talk} isNewest={newest.has(key)} />
          ))}
        </div>
      ))}
      {talk.state.value === 'reading' && <Shades />}
      <div class="talk-end" />
    </Scroller>
  )
}

/** Where the older part comes in. A reader at the very top keeps their place: browsers hold it everywhere but there. */
function Above({ talk }: { talk: OpenTalk }): VNode {
  const mark = useRef<HTMLDivElement>(null)
  const height = useRef(0)
  const before = talk.before.value
  const first = talk.chunks.value[0]?.key
  useEffect(() => {
    if (mark.current === null || before === null) return
    let isNear = false
    let isGone = false
    const read = async () => {
      height.current = boxOf(mark.current)?.scrollHeight ?? 0
      await tried(() => talk.readAbove())
    }
    const stop = watchNear(mark.current, now => {
      isNear = now
      if (isNear && !isGone) void read()
    })
    return () => {
      isGone = true
      stop()
    }
  }, [before])
  useLayoutEffect(() => {
    const box = boxOf(mark.current)
    if (box && height.current > 0 && box.scrollTop < 1) box.scrollTop += box.scrollHeight - height.current
    height.current = 0
  }, [first])
  return (
    <div ref={mark} class="above">
      {before !== null && <Shades />}
    </div>
  )
}

function boxOf(mark: HTMLElement | null): HTMLElement | undefined {
  return mark?.closest<HTMLElement>('.scroller-box') ?? undefined
}

function Shades(): VNode {
  return (
    <div class="shades" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  )
}
