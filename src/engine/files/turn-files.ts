import type { Clock } from '#src/core/clock.ts'
import type { AttachedFile, IncomingMessage } from '#src/core/message.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import type { Turn } from '#src/core/turn.ts'
import type { Refused } from '#src/engine/access/access.ts'
import { CameWith } from './came-with.ts'
import { fileKind } from './file-kind.ts'
import { named, nothingRead, type ReadFiles, readFiles } from './read-files.ts'

/** Whether the model is given images: `auto` finds out. */
export type ImageMode = 'auto' | 'on' | 'off'

export type TurnFilesParts = Readonly<{
  clock: Clock
  images: ImageMode
  /** So many files of that person are to be read: `undefined`, and they count; or why not. */
  charge(person: Person, place: Place, files: number): Promise<Refused | undefined>
}>

/** A server that refused an image is asked again after that time: another model may run there by then. */
const askAgainMs = 3_600_000

/**
 * The files of a turn: read once, however often the model is asked, and gone with the turn. Where they are is known for a while
 * longer: who asks for another answer to the same wants it to know them, too.
 */
export class TurnFiles {
  readonly #parts: TurnFilesParts
  readonly #read = new WeakMap<IncomingMessage, Promise<ReadFiles>>()
  readonly #charged = new WeakSet<readonly AttachedFile[]>()
  readonly #came: CameWith
  #refusedUntil = 0

  constructor(parts: TurnFilesParts) {
    this.#parts = parts
    this.#came = new CameWith(parts.clock)
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

  /** What the reader of an answer to that turn was told of its files, if that is known; for an answer that comes back without being asked for. */
  noteOf({ asked }: Turn): string | undefined {
    const notes = asked.flatMap(({ message }) => this.#came.of(message)?.note ?? [])
    return notes.length === 0 ? undefined : notes.join(' ')
  }

  /** As far as anybody knows. */
  takesImages(): boolean {
    const { images, clock } = this.#parts
    return images !== 'off' && clock.now().getTime() >= this.#refusedUntil
  }

  /** The server refused the question of that turn for its images. */
  refused({ asked }: Turn): void {
    const came = asked.map(({ message }) => this.#came.of(message)).find(one => one?.files.some(isImage))
    if (came !== undefined) came.note = withImagesNote(came.note)
    if (this.#parts.images === 'auto') this.#refusedUntil = this.#parts.clock.now().getTime() + askAgainMs
  }

  #ofMessage(message: IncomingMessage, person: Person, place: Place, signal: AbortSignal): Promise<ReadFiles> {
    const known = this.#read.get(message)
    if (known !== undefined) return known
    const came = this.#came.of(message)
    if (came === undefined) return Promise.resolve(nothingRead)
    // What the message does not bring itself is told with its files.
    const lost = came.unread.filter(what => !message.unread.includes(what))
    const reading = this.#readOnce(came.files, person, place, signal).then(read => {
      came.note = read.note
      return { ...read, unread: [...lost, ...read.unread] }
    })
    this.#read.set(message, reading)
    // A try that ended in the middle leaves them to the next one.
    reading.catch(() => this.#read.delete(message))
    return reading
  }

  async #readOnce(
    files: readonly AttachedFile[],
    person: Person,
    place: Place,
    signal: AbortSignal,
  ): Promise<ReadFiles> {
    if (files.length === 0) return nothingRead
    const [readable, others] = [files.filter(this.#isReadable), files.filter(file => !this.#isReadable(file))]
    const isCharged = readable.length === 0 || this.#charged.has(files)
    const refused = isCharged ? undefined : await this.#parts.charge(person, place, readable.length)
    if (refused === undefined) this.#charged.add(files)
    else {
      const unread = files.map(file => `${named(file)} (too much was asked already)`)
      return { ...nothingRead, unread, note: ['Your files were not read.', refused.words].join(' ').trim() }
    }
    const read = await readFiles(readable, signal)
    const rest = await readFiles(
      others.filter(file => fileKind(file) === 'other'),
      signal,
    )
    const images = others.filter(isImage).map(imageUnread)
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
  return { ...files, images: [], unread, note: withImagesNote(files.note) }
}

function withImagesNote(note: string | undefined): string {
  return note === undefined ? imagesNote : `${note} ${imagesNote}`
}

function isImage(file: AttachedFile): boolean {
  return fileKind(file) === 'image'
}

/** For the reader of an answer that was given without looking at an image. */
const imagesNote = 'I cannot look at images here; I answered without.'

function imageUnread({ name }: Readonly<{ name: string }>): string {
  return `the image ${name} (the model that answers here cannot look at images)`
}
