import { StringDecoder } from 'node:string_decoder'
import { createParser, type EventSourceMessage, type ParseError } from 'eventsource-parser'
import { RecordMould } from './record-mould.ts'
import { readFault, readRecord, type WireEvent } from './wire.ts'

/** `whole`: the server did not stream; one JSON body is the answer. */
export type BodyForm = 'stream' | 'whole'

export type RecordSink = Readonly<{
  event(event: WireEvent): void
  /** What comes is not what vLLM sends. */
  unreadable(what: string, cause?: unknown): void
}>

/** Turns the bytes of a response, split anywhere, into what its records say. */
export class RecordReader {
  readonly #form: BodyForm
  readonly #sink: RecordSink
  readonly #decoder = new StringDecoder('utf8')
  readonly #parser = createParser({
    onEvent: record => this.#record(record),
    onError: error => this.#misparsed(error),
    maxBufferSize: maxRecordCharacters,
  })
  /** The bytes so far may end within a character. */
  #isCut = false
  /** No record is under way. */
  #isBetween = true
  #mould: RecordMould | undefined
  #isUnreadable = false
  #body = ''
  #records = 0
  #foreign = 0
  #strange = 0

  constructor(form: BodyForm, sink: RecordSink) {
    this.#form = form
    this.#sink = sink
  }

  get records(): number {
    return this.#records
  }

  /** Records that could not be read and were left out. */
  get foreign(): number {
    return this.#foreign
  }

  /** Not to be fed again after the sink was told `unreadable`. */
  feed(bytes: Buffer): void {
    const text = this.#textOf(bytes)
    if (this.#form === 'stream') this.#feed(text)
    else if (this.#body.length + text.length <= maxRecordCharacters) this.#body += text
    else this.#unreadable('a body without an end')
  }

  /** No more bytes come. */
  close(): void {
    const rest = this.#decoder.end()
    if (this.#form === 'whole') this.#whole(this.#body + rest)
    // A last record may lack its blank line: some proxies trim the end.
    else this.#parser.feed(`${rest}\n\n`)
  }

  /** Mostly a packet ends with a line, and then there is no character to keep the begin of. */
  #textOf(bytes: Buffer): string {
    // Nothing ends nothing: what is kept waits on.
    if (bytes.length === 0) return ''
    const wasCut = this.#isCut
    this.#isCut = (bytes.at(-1) ?? 0) > lastOfAscii
    return wasCut || this.#isCut ? this.#decoder.write(bytes) : bytes.toString()
  }

  #feed(text: string): void {
    for (let at = 0; at < text.length && !this.#isUnreadable; ) {
      const words = this.#isBetween ? this.#mould?.read(text, at) : undefined
      if (words !== undefined) {
        this.#records++
        this.#sink.event({ type: 'text', text: words })
        at += this.#mould?.lengthWith(words) ?? 0
        continue
      }
      // A blank line ends a record. Where lines end otherwise, the parser alone knows where.
      const end = text.indexOf('\n\n', at)
      this.#isBetween = end !== -1
      const next = this.#isBetween ? end + 2 : text.length
      this.#parser.feed(text.slice(at, next))
      at = next
    }
  }

  #record({ data, event }: EventSourceMessage): void {
    if (data === '') return
    this.#records++
    const events = event === 'error' ? [{ type: 'error', fault: readFault(data) } as const] : readRecord(data)
    if (events) for (const event of events) this.#sink.event(event)
    else this.#foreignRecord(data)
    if (events?.length === 1) this.#learn(data, events[0])
  }

  #learn(data: string, event: WireEvent | undefined): void {
    // A form that never came again is not learnt anew with each record.
    const isTeachable = this.#mould?.isProven ?? true
    if (isTeachable && event?.type === 'text') this.#mould = RecordMould.of(data, event.text) ?? this.#mould
  }

  #whole(body: string): void {
    const events = readRecord(body)
    if (events) for (const event of events) this.#sink.event(event)
    else this.#unreadable('JSON that is no completion')
  }

  /** Gateways slip in what is none of vLLM's records; a stream of such is not vLLM's. */
  #foreignRecord(data: string): void {
    this.#foreign++
    // A keep-alive comment that a gateway passes on as data: as many as it takes.
    if (data.startsWith(':')) return
    this.#strange++
    if (this.#strange > maxStrangeRecords) this.#unreadable('its records are no JSON')
  }

  #misparsed(error: ParseError): void {
    if (error.type === 'max-buffer-size-exceeded') this.#unreadable('a record without an end', error)
    // llama.cpp's server tells an error in a field of that name.
    if (error.type !== 'unknown-field' || error.field !== 'error') return
    this.#sink.event({ type: 'error', fault: readFault(error.value ?? '') })
  }

  #unreadable(what: string, cause?: unknown): void {
    this.#isUnreadable = true
    this.#sink.unreadable(what, cause)
  }
}

/** vLLM's longest records (logprobs, token ids: none asked for) are far below; it bounds what a foreign server can make us keep. */
const maxRecordCharacters = 1_000_000
const maxStrangeRecords = 3
const lastOfAscii = 0x7f
