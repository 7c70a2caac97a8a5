import { batch } from '@preact/signals'
import { createParser } from 'eventsource-parser'
import type { AnswerEvent } from '#adapters/web/page/wire.ts'

type Heard = Readonly<{ event(event: AnswerEvent): void; position(id: string): void }>

/** Reads an answer from its stream. True: it was read to its end; false: the stream broke off before. */
export async function readEvents({ body }: Response, heard: Heard): Promise<boolean> {
  if (body === null) return false
  let isDone = false
  const parser = createParser({
    onEvent({ id, data }) {
      if (data === '[DONE]') isDone = true
      else heard.event(JSON.parse(data) as AnswerEvent)
      if (id !== undefined) heard.position(id)
    },
  })
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return isDone
      // What came together is shown together.
      batch(() => parser.feed(value))
    }
  } catch {
    return isDone
  }
}
