import { Answer } from '#src/vllm/answer.ts'
import { type Check, Points } from './check.ts'
import type { Stream } from './stream.ts'
import type { Target } from './target.ts'

export const thinking: Check = {
  number: 7,
  name: 'thinking is off when asked, and never shown',
  async run(target) {
    const points = new Points()
    const off = await thought(target, false)
    const leaks = off.reasoning !== '' || /<\/?think>/.test(off.text)
    const cure = `Start it with --default-chat-template-kwargs '{"enable_thinking":false}', or serve a model that can answer at once: answers begin only after the thinking.`
    points.should(!leaks, 'thinks though it was asked not to', cure)
    const on = await thought(target, true)
    for (const stream of [off, on]) {
      const shown = shownOf(target, stream)
      points.must(
        !/<\/?think>/.test(shown),
        'thinking passes our filter',
        'A fault of Aeries: report it with the answer.',
      )
    }
    const how =
      on.reasoning !== '' ? 'in a field of its own' : on.text.includes('<think>') ? 'in the text' : 'not at all'
    return points.finding(`off: none; on: it thinks ${how}`)
  },
}

async function thought(target: Target, enable: boolean): Promise<Stream> {
  const body = target.chat('What is 17 + 25?', { max_tokens: 48, chat_template_kwargs: { enable_thinking: enable } })
  return (await target.stream(body)).read()
}

function shownOf({ url, model }: Target, { raw }: Stream): string {
  const answer = new Answer({ server: url, model, form: 'stream', opensThinking: false })
  answer.feed(Buffer.from(raw))
  answer.close()
  return answer.takeText()
}
