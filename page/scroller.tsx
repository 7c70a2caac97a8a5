import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** So near to the end counts as being there, in pixels. */
const nearPx = 48

type ScrollerProps = Readonly<{ label: string; children: ComponentChildren }>

/**
 * A list that grows at its end. Whoever reads its end stays there; whoever reads further up keeps their place, and finds a way
 * down. Give it a `key` of what it shows, so that another list begins at its end.
 */
export function Scroller({ label, children }: ScrollerProps): VNode {
  const outer = useRef<HTMLDivElement>(null)
  const inner = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const lastTop = useRef(0)
  const [showsWay, setShowsWay] = useState(false)
  const toEnd = () => {
    const box = outer.current
    if (!box) return
    box.scrollTop = box.scrollHeight
    lastTop.current = box.scrollTop
  }
  useLayoutEffect(toEnd, [])
  useEffect(() => {
    const [box, content] = [outer.current, inner.current]
    if (!box || !content) return
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) toEnd()
      else look()
    })
    observer.observe(content)
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  const look = () => {
    const box = outer.current
    if (!box) return
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx
    // The list may have grown since it was brought to its end: only who has moved up has left it.
    isAtEnd.current = isNear || (isAtEnd.current && box.scrollTop >= lastTop.current)
    lastTop.current = box.scrollTop
    setShowsWay(!isAtEnd.current)
  }
  const follow = () => {
    isAtEnd.current = true
    setShowsWay(false)
    toEnd()
  }
  return (
    <div class="scroller">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section class="scroller-box" ref={outer} onScroll={look} tabIndex={0} aria-label={label}>
        <div ref={inner}>{children}</div>
      </section>
      {showsWay && (
        <button type="button" class="scroller-way" onClick={follow}>
          To the newest ↓
        </button>
      )}
    </div>
  )
}
