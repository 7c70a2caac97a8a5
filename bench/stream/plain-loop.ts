import { setTimeout as sleep } from 'node:timers/promises'

/** Failed writes that an answer takes before it is given up. */
const patience = 20

type LoopParts<Message> = Readonly<{
  text: AsyncIterable<string>
  intervalMs: number
  /** Characters of a message. */
  contentLimit: number
  /** Begins a message, or gives one that is there its new content. */
  write(content: string, message: Message | undefined): Promise<Message>
}>

type Shown<Message> = Readonly<{ message: Message; content: string }>

/**
 * What a careful bot does without a budget. One write in flight, always the newest text, a fixed pause between two writes,
 * the last text at once, a new message where one is full.
 */
export async function growByLoop<Message>(parts: LoopParts<Message>): Promise<void> {
  const { text, intervalMs, contentLimit } = parts
  let whole = ''
  let ended = false
  const begun = Promise.withResolvers<void>()
  const listen = async () => {
    for await (const piece of text) {
      whole += piece
      begun.resolve()
    }
  }
  const listening = listen().finally(() => {
    ended = true
    begun.resolve()
  })
  await begun.promise
  const shown: Shown<Message>[] = []
  for (let failures = 0; failures < patience; ) {
    const isLast = ended
    try {
      await show(parts, shown, messagesOf(whole, contentLimit))
      if (isLast) break
    } catch {
      // A write that failed is made good by the next one.
      failures += 1
    }
    await (isLast ? sleep(intervalMs) : Promise.race([listening, sleep(intervalMs)]))
  }
  await listening
}

async function show<Message>(
  { write }: LoopParts<Message>,
  shown: Shown<Message>[],
  contents: readonly string[],
): Promise<void> {
  for (const [index, content] of contents.entries()) {
    const known = shown[index]
    if (known?.content === content) continue
    shown[index] = { message: await write(content, known?.message), content }
  }
}

/** Cut at the last blank that fits, always at the same places. */
function messagesOf(text: string, contentLimit: number): readonly string[] {
  const contents: string[] = []
  let rest = text.trimEnd()
  while (rest.length > contentLimit) {
    const at = rest.lastIndexOf(' ', contentLimit)
    contents.push(rest.slice(0, at))
    rest = rest.slice(at + 1)
  }
  return rest === '' ? contents : [...contents, rest]
}
