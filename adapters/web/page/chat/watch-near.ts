/** What is that near to what is seen is drawn, in pixels: a fast wheel finds it there. */
const nearPx = 1_600

type Near = (isNear: boolean, height: number) => void
type Watch = Readonly<{ observer: IntersectionObserver; told: Map<Element, Near> }>

const watches = new WeakMap<Element, Watch>()

/** Tells whenever an element gets near to what its scroller shows, or far from it, with its height. Returns how to end that. */
export function watchNear(element: Element, near: Near): () => void {
  const root = element.closest('.scroller-box')
  if (root === null) return () => {}
  const watch = watches.get(root) ?? begin(root)
  watch.told.set(element, near)
  watch.observer.observe(element)
  return () => {
    watch.told.delete(element)
    watch.observer.unobserve(element)
  }
}

function begin(root: Element): Watch {
  const told = new Map<Element, Near>()
  const observer = new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        told.get(target)?.(isIntersecting, boundingClientRect.height)
      }
    },
    { root, rootMargin: `${nearPx}px 0px` },
  )
  const watch = { observer, told }
  watches.set(root, watch)
  return watch
}
