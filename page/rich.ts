/** A text in words of its own, whichever markdown it was written in: what a view can show without looking at markup again. */
export type Inline =
  | Readonly<{ type: 'text' | 'code'; text: string }>
  | Readonly<{ type: 'bold' | 'italic' | 'strike' | 'underline' | 'spoiler'; children: readonly Inline[] }>
  | Readonly<{ type: 'link'; url: string; children: readonly Inline[] }>
  /** Somebody or some place that is named so that it counts; `isMe`: the one who reads. */
  | Readonly<{ type: 'mention'; text: string; isMe: boolean }>
  | Readonly<{ type: 'emoji'; text: string; name: string }>
  /** Before what is to be done, and may be. */
  | Readonly<{ type: 'check'; isDone: boolean }>
  | Readonly<{ type: 'break' }>

export type Block =
  | Readonly<{ type: 'paragraph' | 'small'; children: readonly Inline[] }>
  | Readonly<{ type: 'heading'; level: number; children: readonly Inline[] }>
  | Readonly<{ type: 'quote'; children: readonly Block[] }>
  | Readonly<{ type: 'code'; language: string; text: string }>
  | Readonly<{ type: 'list'; start: number | undefined; items: readonly (readonly Block[])[] }>
  | Readonly<{
      type: 'table'
      head: readonly (readonly Inline[])[]
      rows: readonly (readonly (readonly Inline[])[])[]
      /** Of each column, where it was written. */
      align: readonly (Alignment | undefined)[]
    }>
  | Readonly<{ type: 'rule' }>

export type Alignment = 'left' | 'center' | 'right'

const harmless = new Set(['http:', 'https:', 'mailto:'])

/** The address of a link that may be followed; `undefined` for `javascript:` and all that is no address. */
export function safeUrl(url: string): string | undefined {
  return URL.canParse(url) && harmless.has(new URL(url).protocol) ? url : undefined
}

/** The bare words, for a title or a voice. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(wordsOf).join('\n')
}

function wordsOf(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'small':
    case 'heading':
      return inlineText(block.children)
    case 'quote':
      return plainText(block.children)
    case 'code':
      return block.text
    case 'list':
      return block.items.map(plainText).join('\n')
    case 'table':
      return [block.head, ...block.rows].map(row => row.map(inlineText).join(', ')).join('\n')
    case 'rule':
      return ''
    default:
      return block satisfies never
  }
}

function inlineText(children: readonly Inline[]): string {
  return children
    .map(one => {
      if ('text' in one) return one.type === 'emoji' ? one.name : one.text
      if (one.type === 'check') return one.isDone ? 'Done: ' : 'To do: '
      return 'children' in one ? inlineText(one.children) : ' '
    })
    .join('')
}
