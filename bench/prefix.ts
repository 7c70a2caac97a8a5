import { Tokenizer } from '#playground/vllm-server/tokenizer.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { ConfigError } from '#src/core/errors.ts'
import { readPersona } from '#src/read-persona.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel, type VllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { figure } from './frame/figure.ts'
import { quietLog } from './frame/talk-house.ts'
import { wholeNumber } from './frame/whole-number.ts'
import { CountingModel } from './prefix/counting-model.ts'
import { createDialogue, type Dialogue } from './prefix/dialogue.ts'
import { channel, dm, holdSlidingTalk, holdTalk, type Talk } from './prefix/hold-talk.ts'

const leastShare = 80
const contextLength = 4_096

export const bench: Bench = {
  about:
    'prompt tokens that a prefix cache serves over talks of 50 turns: --talks N, --url URL of a real server instead of the stand-in',
  options: { talks: { type: 'string' }, url: { type: 'string' } },
  run,
}

type Layout = 'dm' | 'dm, three facts each time' | 'dm, the template' | 'sliding window' | 'channel, three askers'
type Server = AsyncDisposable & Readonly<{ url: string }>
type Serve = (dialogue: Dialogue, template: 'qwen3' | 'keeps-empty-think') => Promise<Server>

async function run({ values, progress, signal }: BenchRun) {
  const talks = wholeNumber(values, 'talks', 4)
  const turns = 50
  const { url } = values
  const isReal = typeof url === 'string'
  const serve: Serve = isReal ? async () => ({ url, async [Symbol.asyncDispose]() {} }) : standIn
  const shares: Record<Layout, number[]> = {
    dm: [],
    'dm, three facts each time': [],
    'dm, the template': [],
    'sliding window': [],
    'channel, three askers': [],
  }
  let sizes = {}
  for (let seed = 1; seed <= talks; seed++) {
    signal.throwIfAborted()
    const dialogue = createDialogue(seed, turns)
    const { name, voice } = readPersona('./personas/aeries.md', contextLength)
    const persona = { name, voice: `${voice}\n\n${dialogue.houseStyle}` }
    const talk: Talk = { dialogue, persona, place: dm, people: ['Mira'] }
    const { model, transcript } = await count(serve, talk, 'qwen3')
    shares.dm.push(shareOf(model, turns))
    sizes = sizesOf(model, dialogue)
    const knowing = { ...talk, dialogue: createDialogue(seed, turns, 3) }
    shares['dm, three facts each time'].push(shareOf((await count(serve, knowing, 'qwen3')).model, turns))
    const sliding = await countSliding(serve, talk, transcript)
    shares['sliding window'].push(shareOf(sliding, turns))
    const inChannel = { ...talk, place: channel, people: ['Mira', 'Jonas', 'Wren'] }
    shares['channel, three askers'].push(shareOf((await count(serve, inChannel, 'qwen3')).model, turns))
    if (!isReal) {
      shares['dm, the template'].push(shareOf((await count(serve, talk, 'keeps-empty-think')).model, turns))
    }
    progress(`talk ${seed} of ${talks}: ${JSON.stringify(shares)}`)
  }
  return {
    figures: [
      figure({
        name: 'prompt tokens from the cache',
        value: Math.min(...shares.dm),
        unit: '%',
        limit: leastShare,
        better: 'higher',
      }),
    ],
    beside: { server: isReal ? url : 'stand-in, blocks of 16 tokens', turns, talks, unit: '%', shares, tokens: sizes },
  }
}

async function count(serve: Serve, talk: Talk, template: Parameters<Serve>[1]) {
  await using server = await serve(talk.dialogue, template)
  await using wire = aModel(server.url)
  const model = new CountingModel(wire)
  const transcript = await holdTalk(model, talk)
  return { model, transcript }
}

async function countSliding(serve: Serve, talk: Talk, transcript: Parameters<typeof holdSlidingTalk>[2]) {
  await using server = await serve(talk.dialogue, 'qwen3')
  await using wire = aModel(server.url)
  const model = new CountingModel(wire)
  await holdSlidingTalk(model, talk, transcript)
  return model
}

/** A new one for each talk: nothing of another is in its cache. It gives the dialogue's answers, one after the other. */
async function standIn({ answers }: Dialogue, template: Parameters<Serve>[1]): Promise<Server> {
  let given = 0
  return await createVllmServer({ template, voice: () => ({ text: answers[given++] ?? '', reasoning: '' }) })
}

function aModel(url: string): VllmChatModel {
  const wire = { url, model: 'Qwen/Qwen3-8B', contextLength, sampling: { temperature: 0 } }
  return createVllmChatModel({ ...wire, clock: systemClock, log: quietLog })
}

/** Of all prompt tokens of all turns, in percent. */
function shareOf({ turns }: CountingModel, expected: number): number {
  if (turns.length !== expected)
    throw new ConfigError(`${turns.length} of ${expected} answers came: is the server well?`)
  const sum = (pick: (turn: (typeof turns)[number]) => number) => turns.reduce((total, turn) => total + pick(turn), 0)
  return Math.round((1_000 * sum(({ cached }) => cached)) / sum(({ prompt }) => prompt)) / 10
}

/** What the stand-in's tokenizer counts: the shares hold for talks of such sizes. */
function sizesOf({ requests, turns }: CountingModel, dialogue: Dialogue) {
  const tokenizer = new Tokenizer()
  const tokens = (text: string) => tokenizer.encode(text).length
  const mean = (texts: readonly string[]) =>
    Math.round(texts.reduce((sum, text) => sum + tokens(text), 0) / texts.length)
  const { standing } = dialogue.brief(0)
  const system = requests[0]?.messages[0]?.content.replace(`\n\n${standing}`, '') ?? ''
  return {
    system: tokens(system),
    brief: Math.max(...requests.map((_, turn) => tokens(standing) + tokens(dialogue.brief(turn).tail))),
    question: mean(dialogue.questions),
    answer: mean(dialogue.answers),
    prompt: Math.round(turns.reduce((sum, { prompt }) => sum + prompt, 0) / turns.length),
  }
}
