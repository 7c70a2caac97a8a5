import type { Button } from '#src/core/surface.ts'
import type { Ending } from './ending.ts'
import type { ViewParts } from './view-parts.ts'
import { restNote } from './words.ts'

/** What stands under the newest words of a reply. */
export type Under = Readonly<{ note: string | undefined; buttons: readonly Button[] }>

type HowItStands = Readonly<{
  hasWords: boolean
  /** Nothing more comes. */
  ending: Ending | undefined
  /** A word under words that do not go on yet. */
  mark: string | undefined
  /** Some of it is for the file. */
  isFolded: boolean
}>

type Given = Pick<ViewParts, 'surface' | 'note' | 'offers' | 'buttons' | 'controls'>

/** A word and buttons under a reply, as it stands just now. */
export function underReply(given: Given, stands: HowItStands): Under {
  return { note: noteUnder(given, stands), buttons: buttonsUnder(given, stands) }
}

function buttonsUnder({ offers = [], buttons = [], controls, surface }: Given, stands: HowItStands): readonly Button[] {
  const { ending, hasWords } = stands
  if (ending === undefined) return hasWords && surface.growsWithButtons ? (controls?.growing ?? []) : []
  if (!hasWords) return buttons
  const its = ending.open ? [] : (controls?.ended(ending) ?? [])
  return ending.outcome === 'done' ? [...offers, ...its] : its
}

function noteUnder({ note }: Given, { hasWords, ending, mark, isFolded }: HowItStands): string | undefined {
  if (!hasWords) return undefined
  const notes = [
    isFolded && restNote,
    ending?.outcome === 'done' && (typeof note === 'function' ? note() : note),
    ending?.note,
    ending === undefined && mark,
  ]
  const told = notes.filter(note => typeof note === 'string')
  return told.length === 0 ? undefined : told.join(' ')
}
