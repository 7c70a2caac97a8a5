import type { VNode } from 'preact'
import { Icon } from '#adapters/web/page/icon.tsx'

/** A file, to be kept by a click. */
export function FileView({ name, content }: { name: string; content: string }): VNode {
  const keep = () => {
    const url = URL.createObjectURL(new Blob([content], { type: 'text/plain' }))
    const link = Object.assign(document.createElement('a'), { href: url, download: name })
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <button type="button" class="button file" onClick={keep}>
      <Icon name="file" /> {name}
    </button>
  )
}
