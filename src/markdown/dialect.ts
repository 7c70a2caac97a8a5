/** Constructs of CommonMark and GFM that a chat may show as their bare marks; `fence`: only three backticks make code, wherever they stand; `math`: LaTeX; `line-break`: HTML's tag for it. */
export type Lack =
  | 'underlined-heading'
  | 'rule'
  | 'task'
  | 'image'
  | 'footnote'
  | 'plus-bullet'
  | 'underscored-strong'
  | 'fence'
  | 'math'
  | 'line-break'

/** What a chat makes of marks that a model did not mean: words hidden, the rest of the message quoted, a link that poses as another. */
export type Hazard = 'spoiler' | 'endless-quote' | 'disguised-link'

/** What of a model's markdown a chat shows as it was meant. An adapter says it, the rendering follows. */
export type Dialect = Readonly<{
  /** Tells it from others: what was rendered for one is not shown in another. */
  name: string
  /** The deepest level of heading that it shows; deeper ones become bold lines. */
  headings: number
  /** Tables: shown as they are, or drawn as code of at most so many columns of a fixed-width font, wider ones as lists. */
  tables: 'native' | Readonly<{ columns: number }>
  lacks: ReadonlySet<Lack>
  hazards: ReadonlySet<Hazard>
}>
