import type { VNode } from 'preact'
import type { FileView } from '#playground/page/wire.ts'

export function Files({ files }: { files: readonly FileView[] }): VNode | null {
  if (files.length === 0) return null
  return (
    <ul class="files">
      {files.map(({ name, size, url }) => (
        <li key={url}>
          <a href={url} download={name}>
            <span aria-hidden="true">📄</span> {name} <small>{sizeOf(size)}</small>
          </a>
        </li>
      ))}
    </ul>
  )
}

function sizeOf(bytes: number): string {
  return bytes < 1_024 ? `${bytes} B` : `${(bytes / 1_024).toFixed(1)} KB`
}
