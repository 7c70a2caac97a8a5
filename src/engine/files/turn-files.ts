import type { Clock } from '#src/core/clock.ts'
import type { AttachedFile, IncomingMessage } from '#src/core/message.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import type { Turn } from '#src/core/turn.ts'
import { fileKind } from './file-kind.ts'
import { named, nothingRead, type ReadFiles, readFiles } from './read-files.ts'

/** Whether the model is given images: `auto` finds out. */
export type ImageMode = 'auto' | 'on' | 'off'

export type TurnFilesParts = Readonly<{
  clock: Clock
  images: ImageMode
  /** So many files of that person are to be read: `undefined`, and they count; or why not. */
  charge(person: Person, place: Place, files: number): Promise<string | undefined>
}>

/** A server that refused an image is asked again after that time: another model may run there by then. */
const askAgainMs = 3_600_000

/** The files of a turn: read once, however often the model is asked, and gone with the turn. */
export class TurnFiles {
  readonly #parts: TurnFilesParts
  readonly #read = new WeakMap<readonly AttachedFile[], Promise<ReadFiles>>()
  readonly #charged = new WeakSet<readonly AttachedFile[]>()
  #refusedUntil = 0

  constructor(parts: TurnFilesParts) {
    this.#parts = parts
  }

  /** Never rejects but for the signal's reason. */
  async of({ asked, asker, place }: Turn, signal: AbortSignal): Promise<ReadFiles> {
    const all: ReadFiles[] = []
    for (const { message } of asked) all.push(await this.#ofMessage(message, asker, place, signal))
    const notes = all.flatMap(({ note }) => note ?? [])
    return {
      texts: all.flatMap(({ texts }) => texts),
      images: all.flatMap(({ images }) => images),
      unread: all.flatMap(({ unread }) => unread),
      note: notes.length === 0 ? undefined : notes.join(' '),
    }
  }

  /** As far as anybody knows. */
  takesImages(): boolean {
    const { images, clock } = this.#parts
    return images !== 'off' && clock.now().getTime() >= this.#refusedUntil
  }

  /** The server refused a question with an image. */
  refused(): void {
    if (this.#parts.images === 'auto') this.#refusedUntil = this.#parts.clock.now().getTime() + askAgainMs
  }

  #ofMessage({ files = [] }: IncomingMessage, person: Person, place: Place, signal: AbortSignal): Promise<ReadFiles> {
    if (files.length === 0) return Promise.resolve(nothingRead)
    const known = this.#read.get(files)
    if (known !== undefined) return known
    const reading = this.#readOnce(files, person, place, signal)
    this.#read.set(files, reading)
    // A try that ended in the middle leaves them to the next one.
    reading.catch(() => this.#read.delete(files))
    return reading
  }

  async #readOnce(
    files: readonly AttachedFile[],
    person: Person,
    place: Place,
    signal: AbortSignal,
  ): Promise<ReadFiles> {
    const [readable, others] = [files.filter(this.#isReadable), files.filter(file => !this.#isReadable(file))]
    const isCharged = readable.length === 0 || this.#charged.has(files)
    const refusal = isCharged ? undefined : await this.#parts.charge(person, place, readable.length)
    this.#charged.add(files)
    if (refusal !== undefined) {
      const unread = files.map(file => `${named(file)} (too much was asked already)`)
      return { ...nothingRead, unread, note: `Your files were not read. ${refusal}` }
    }
    const read = await readFiles(readable, signal)
    const rest = await readFiles(
      others.filter(file => fileKind(file) === 'other'),
      signal,
    )
    const images = others.filter(file => fileKind(file) === 'image').map(imageUnread)
    const notes = [read.note, rest.note, images.length > 0 ? imagesNote : undefined].filter(note => note !== undefined)
    return {
      ...read,
      unread: [...read.unread, ...rest.unread, ...images],
      note: notes.length === 0 ? undefined : notes.join(' '),
    }
  }

  readonly #isReadable = (file: AttachedFile): boolean => {
    const kind = fileKind(file)
    return kind === 'text' || (kind === 'image' && this.takesImages())
  }
}

/** The same for a model that turned out to look at none. */
export function withoutImages(files: ReadFiles): ReadFiles {
  const unread = [...files.unread, ...files.images.map(imageUnread)]
  return { ...files, images: [], unread, note: files.note === undefined ? imagesNote : `${files.note} ${imagesNote}` }
}

/** For the reader of an answer that was given without looking at an image. */
const imagesNote = 'I cannot look at images here; I answered without.'

function imageUnread({ name }: Readonly<{ name: string }>): string {
  return `the image ${name} (the model that answers here cannot look at images)`
}
