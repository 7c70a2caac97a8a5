import type { AttachedFile } from '#src/core/message.ts'
import type { ChatImage } from '#src/core/model.ts'
import { fileKind } from './file-kind.ts'
import { imageType } from './image-type.ts'
import { textOf } from './text-of.ts'

/** One file as the model is given it. */
export type FileText = Readonly<{ name: string; text: string; note: string | undefined }>

/** What came of the files of one question. */
export type ReadFiles = Readonly<{
  texts: readonly FileText[]
  images: readonly (ChatImage & Readonly<{ name: string }>)[]
  /** Named for the model, with the reason. */
  unread: readonly string[]
  /** The same for the reader; an image that no model looks at is told when that is known. */
  note: string | undefined
}>

export const nothingRead: ReadFiles = { texts: [], images: [], unread: [], note: undefined }

const mostTexts = 3
const mostImages = 2
/** Of one text file, in bytes. */
const mostTextBytes = 100_000
/** Of all text files together: a third of what a usual context takes. */
const mostCharacters = 24_000
/** Of one image, in bytes: what the platforms' own previews stay below. */
const mostImageBytes = 5_000_000
/** An answer does not wait longer than that for its files. */
const readWithinMs = 5_000

type One = Readonly<{ text: FileText } | { image: ChatImage & Readonly<{ name: string }> } | { unread: string }>

/** Reads what came with one question, within the caps. Never rejects but for the signal's reason: the answer goes out without what could not be read. */
export async function readFiles(files: readonly AttachedFile[], signal: AbortSignal): Promise<ReadFiles> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(readWithinMs)])
  const counts = { text: 0, image: 0, other: 0 }
  const read = await Promise.all(
    files.map(file => {
      const kind = fileKind(file)
      counts[kind] += 1
      const isTooMany = counts.text > mostTexts || counts.image > mostImages
      return isTooMany && kind !== 'other' ? unread(file, 'too many files at once') : readOne(file, kind, within)
    }),
  )
  signal.throwIfAborted()
  const texts = fitted(read.flatMap(one => ('text' in one ? [one.text] : [])))
  const missing = read.flatMap(one => ('unread' in one ? [one.unread] : []))
  const cut = texts.filter(({ note }) => note !== undefined).map(({ name, note }) => `of ${name} ${note}`)
  return {
    texts,
    images: read.flatMap(one => ('image' in one ? [one.image] : [])),
    unread: missing,
    note: tell(missing, cut),
  }
}

async function readOne(file: AttachedFile, kind: ReturnType<typeof fileKind>, signal: AbortSignal): Promise<One> {
  const { name, bytes: size } = file
  if (kind === 'other') return unread(file, 'only text and code files are read')
  if (kind === 'image' && size > mostImageBytes) return unread(file, 'it is too large')
  try {
    const { bytes, isWhole } = await file.read(kind === 'image' ? mostImageBytes : mostTextBytes, signal)
    if (kind === 'text') {
      const text = textOf(bytes, isWhole)
      if (text === undefined) return unread(file, 'it is no text')
      return { text: { name, text, note: isWhole ? undefined : 'only the beginning was read' } }
    }
    const mediaType = imageType(bytes)
    if (mediaType === undefined || !isWhole) return unread(file, 'it is no image that can be read')
    return { image: { name, mediaType, base64: Buffer.from(bytes).toString('base64') } }
  } catch {
    return unread(file, 'it could not be fetched')
  }
}

/** The large ones are cut first: all get the same room, and what the small ones leave of it. */
function fitted(texts: readonly FileText[]): readonly FileText[] {
  let left = mostCharacters
  const room = new Map<FileText, number>()
  for (const [i, text] of texts.toSorted((a, b) => a.text.length - b.text.length).entries()) {
    const share = Math.min(text.text.length, Math.floor(left / (texts.length - i)))
    room.set(text, share)
    left -= share
  }
  return texts.map(one => {
    const share = room.get(one) ?? 0
    if (one.text.length <= share) return one
    const text = one.text.slice(0, share).replace(/[\uD800-\uDBFF]$/, '')
    return { ...one, text, note: `only the first ${text.length.toLocaleString('en')} characters were read` }
  })
}

function unread(file: Pick<AttachedFile, 'name' | 'mediaType'>, why: string): Readonly<{ unread: string }> {
  return { unread: `${named(file)} (${why})` }
}

export function named(file: Pick<AttachedFile, 'name' | 'mediaType'>): string {
  return `the ${fileKind(file) === 'image' ? 'image' : 'file'} ${file.name}`
}

/** A name is somebody's own: it must not become a link or a heading in a word of ours. */
function tell(missing: readonly string[], cut: readonly string[]): string | undefined {
  const lines = [...missing.map(what => `not read: ${what}`), ...cut]
  if (lines.length === 0) return undefined
  return `Files: ${lines
    .join('; ')
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/[*_`~<>[\]|#@\\]/g, '')
    .slice(0, 300)}.`
}
