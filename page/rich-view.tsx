import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Alignment, Block, Inline } from './rich.ts'

/** How a block of code is shown, where it is more than plain. */
export type ShowCode = (language: string, text: string) => ComponentChildren

/** Shows a text. Everything in it becomes text or one of few elements: nothing is ever taken for HTML. */
export function RichView({ blocks, showCode }: { blocks: readonly Block[]; showCode?: ShowCode }): VNode {
  return (
    <>
      {blocks.map((block, at) => (
        <BlockView key={at} block={block} showCode={showCode} />
      ))}
    </>
  )
}

function BlockView({ block, showCode }: { block: Block; showCode: ShowCode | undefined }): VNode {
  const inside = (children: readonly Block[]) => <RichView blocks={children} {...(showCode && { showCode })} />
  switch (block.type) {
    case 'paragraph':
      return <p>{inlines(block.children)}</p>
    case 'small':
      return <p class="rich-small">{inlines(block.children)}</p>
    case 'heading':
      // The page's own headings are above: a message has none in the outline.
      return (
        <p class="rich-heading" data-level={block.level}>
          {inlines(block.children)}
        </p>
      )
    case 'quote':
      return <blockquote>{inside(block.children)}</blockquote>
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        <pre class="rich-code" tabIndex={0}>
          {showCode?.(block.language, block.text) ?? <code>{block.text}</code>}
        </pre>
      )
    case 'list': {
      const items = block.items.map((item, at) => <li key={at}>{inside(item)}</li>)
      return block.start === undefined ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>
    }
    case 'table':
      return <TableView {...block} />
    case 'rule':
      return <hr />
    default:
      return block satisfies never
  }
}

function TableView({ head, rows, align }: Extract<Block, { type: 'table' }>): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section class="rich-table" tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} style={alignedAs(align[at])}>
                {inlines(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} style={alignedAs(align[column])}>
                  {inlines(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function alignedAs(align: Alignment | undefined): { textAlign: Alignment } | undefined {
  return align && { textAlign: align }
}

function inlines(children: readonly Inline[]): ComponentChildren {
  return children.map((child, at) => <InlineView key={at} inline={child} />)
}

function InlineView({ inline }: { inline: Inline }): VNode | null {
  switch (inline.type) {
    case 'text':
      return <>{inline.text}</>
    case 'code':
      return <code>{inline.text}</code>
    case 'bold':
      return <strong>{inlines(inline.children)}</strong>
    case 'italic':
      return <em>{inlines(inline.children)}</em>
    case 'strike':
      return <s>{inlines(inline.children)}</s>
    case 'underline':
      return <u>{inlines(inline.children)}</u>
    case 'spoiler':
      return <Spoiler>{inlines(inline.children)}</Spoiler>
    case 'link':
      return (
        <a href={inline.url} target="_blank" rel="noopener noreferrer nofollow">
          {inlines(inline.children)}
        </a>
      )
    case 'mention':
      return <span class={inline.isMe ? 'rich-mention rich-mention-me' : 'rich-mention'}>{inline.text}</span>
    case 'emoji':
      return (
        <span role="img" aria-label={inline.name}>
          {inline.text}
        </span>
      )
    case 'check':
      return (
        <span class="rich-check" role="img" aria-label={inline.isDone ? 'Done' : 'To do'} data-done={inline.isDone} />
      )
    case 'break':
      return <br />
    default:
      return inline satisfies never
  }
}

function Spoiler({ children }: { children: ComponentChildren }): VNode {
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <span class="rich-spoiler">{children}</span>
  return (
    <button
      type="button"
      class="rich-spoiler rich-spoiler-closed"
      aria-label="Show the spoiler"
      onClick={() => setOpen(true)}
    >
      <span aria-hidden="true">{children}</span>
    </button>
  )
}
