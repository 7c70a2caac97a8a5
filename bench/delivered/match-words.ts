import { bracketsAt, entityAt } from './additions.ts'
import { colonAfterMarks, isMark, pastMarks, quoteMarkAt, rulerAt } from './marks.ts'
import { pastBlanks } from './part-view.ts'
import type { Place, Reading, WordPlace } from './reading.ts'
import type { WordStretch } from './word-orders.ts'

/** Reads a region by its words: marks are skipped on both sides, and how far they go on behind the last word is left open. */
export function matchWords(reading: Reading, way: Place, { order, turn }: WordPlace): Place {
  let place = way
  for (const [index, stretch] of order.stretches.entries()) {
    if (index < turn) continue
    const at = index === turn ? place.at : stretch.start
    const end = matchStretch(reading, { ...place, at, words: { order, turn: index } }, stretch)
    if (end.at < stretch.end) return end
    place = stretch.isLabel ? pastColon(reading, end, stretch) : end
  }
  const shown = reading.shown(place)
  const end = { ...place, at: order.region.end, wrapped: false, words: undefined }
  for (let shownAt = place.shownAt; ; shownAt += 1) {
    reading.offer({ ...end, shownAt })
    if (reading.mayEnd({ ...end, shownAt })) offerNext(reading, { ...end, shownAt }, end.at)
    const drawn = isMark(shown, shownAt) || quoteMarkAt(shown, shownAt, order.region.quotes) > 0
    const isBullet = order.isList && shown.startsWith('- ', shownAt)
    if (!drawn && !isBullet && rulerAt(shown, shownAt) === 0) return end
  }
}

/** Where the reading stands at the end of the stretch, or before it where it parted. */
function matchStretch(reading: Reading, way: Place, stretch: WordStretch): Place {
  const { text } = way.view
  const shown = reading.shown(way)
  let { shownAt, wrapped } = way
  const next = (from: number) => pastMarks(text, from, stretch.end, way.words?.order.region.quotes ?? 0)
  const first = next(stretch.start)
  for (let at = next(way.at); at < stretch.end; at = next(at + 1)) {
    // Behind the last word, the marks of its other form are not to be skipped with those that follow the region.
    reading.offerForms({ ...way, at, shownAt, wrapped }, stretch.end)
    shownAt = pastShownMarks(reading, { ...way, at, shownAt, wrapped })
    if (at === first) shownAt = pastBullet(reading, { ...way, at, shownAt, wrapped })
    if (wrapped && shown[shownAt] === '>') {
      wrapped = false
      shownAt = pastShownMarks(reading, { ...way, at, shownAt: shownAt + 1, wrapped })
    }
    const place = { ...way, at, shownAt, wrapped }
    reading.offerForms(place, stretch.end)
    const entity = entityAt(shown, shownAt)
    if (entity && entity.character === text[at]) {
      reading.offer({ ...place, at: at + 1, shownAt: shownAt + entity.written.length })
    }
    const brackets = wrapped || text[at] === '<' ? 0 : bracketsAt(shown, shownAt)
    if (brackets > 0) wrapped = true
    shownAt += brackets
    if (shown[shownAt] !== text[at]) return { ...place, shownAt }
    shownAt += 1
  }
  // Nothing goes on behind an address that ends a stretch.
  const closing = pastShownMarks(reading, { ...way, at: stretch.end, shownAt, wrapped })
  return { ...way, at: stretch.end, shownAt: wrapped && shown[closing] === '>' ? closing + 1 : shownAt, wrapped: false }
}

function pastShownMarks(reading: Reading, place: Place): number {
  const shown = reading.shown(place)
  const expected = place.view.text[place.at]
  const quotes = place.words?.order.region.quotes ?? 0
  for (let { shownAt } = place; ; ) {
    if (reading.mayEnd({ ...place, shownAt })) offerNext(reading, { ...place, shownAt }, wordAt(place))
    const ruler = rulerAt(shown, shownAt)
    // A ruler may begin like the word that is awaited.
    if (ruler > 0 && shown[shownAt] === expected) reading.offer({ ...place, shownAt: shownAt + ruler })
    const marks = isMark(shown, shownAt) ? 1 : quoteMarkAt(shown, shownAt, quotes)
    const drawn = marks > 0 || shown[shownAt] === expected ? marks : ruler
    if (drawn === 0) return shownAt
    shownAt += drawn
  }
}

// Between two words of a region stand a few marks at most, a table's bars and the line's end.
const mostMarks = 40

/** The part ends within the region. Marks are skipped, so the next one may begin with any of those before the word. */
function offerNext(reading: Reading, place: Place, word: number): void {
  const { text } = place.view
  for (let at = word; at >= 0 && at > word - mostMarks; at -= 1) {
    if (!/\s/.test(text[at] ?? '')) reading.offerNext(place, at)
    if (!isMark(text, at - 1) && text[at - 1] !== '>') return
  }
}

/** Where the next word stands in the text's own order. */
function wordAt({ view, at, words }: Place): number {
  const stretch = words?.order.stretches[words.turn]
  return stretch?.isLabel ? pastBlanks(view.text, stretch.resumesAt) : at
}

/** A cell of a list stands behind a bullet, unless it is the row's first. */
function pastBullet(reading: Reading, place: Place): number {
  const { shownAt, words } = place
  if (!words?.order.isList || !reading.shown(place).startsWith('- ', shownAt)) return shownAt
  const bare = pastShownMarks(reading, { ...place, shownAt: shownAt + 1 })
  // Cells without a word have bullets, too.
  if (place.view.text[place.at] !== '-') return pastBullet(reading, { ...place, shownAt: bare })
  reading.offer({ ...place, shownAt: bare })
  return shownAt
}

function pastColon(reading: Reading, place: Place, { start, end }: WordStretch): Place {
  const label = place.view.text.slice(start, end)
  // It brings its own.
  if (/(?:^|[:：][*_~`]*)$/.test(label)) return place
  return { ...place, shownAt: place.shownAt + colonAfterMarks(reading.shown(place), place.shownAt) }
}
