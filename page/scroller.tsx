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
  const [showsWay, setShowsWay] = useState(false)
  const toEnd = () => {
    const box = outer.current
    if (box) box.scrollTop = box.scrollHeight
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
    isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx
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
