import type { ComponentChildren, VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { CopyButton } from './copy-button.tsx'
import { type Coloured, highlight } from './highlight.ts'

/** A block of code, with its colours and a way to copy it. */
export function showCode(language: string, text: string): ComponentChildren {
  return <CodeBlock language={language} text={text} />
}

function CodeBlock({ language, text }: { language: string; text: string }): VNode {
  const pieces = useMemo(() => highlight(language.toLowerCase(), text), [language, text])
  return (
    <>
      <span class="code-head">
        <span>{language === '' ? 'text' : language}</span>
        <CopyButton text={text} name="Copy the code" />
      </span>
      <code>{pieces === undefined ? text : drawn(pieces)}</code>
    </>
  )
}

function drawn(pieces: readonly (Coloured | string)[]): ComponentChildren {
  return pieces.map((piece, at) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      <span key={at} class={piece.kind}>
        {drawn(piece.children)}
      </span>
    ),
  )
}
