import { randomUUID } from 'node:crypto'
import { Tokenizer } from '#playground/vllm-server/tokenizer.ts'
import { createVllmServer } from '#playground/vllm-server/vllm-server.ts'
import { ConfigError } from '#src/core/errors.ts'
import type { ChatModel } from '#src/core/model.ts'
import { readPersona } from '#src/read-persona.ts'
import { systemClock } from '#src/system-clock.ts'
import { createVllmChatModel, type VllmChatModel } from '#src/vllm/vllm-chat-model.ts'
import type { Bench, BenchRun } from './frame/bench.ts'
import { type Figure, figure } from './frame/figure.ts'
import { quietLog } from './frame/talk-house.ts'
import { wholeNumber } from './frame/whole-number.ts'
import { CountingModel } from './prefix/counting-model.ts'
import { createDialogue, type Dialogue } from './prefix/dialogue.ts'
import { GivenAnswers } from './prefix/given-answers.ts'
import { channel, dm, holdSlidingTalk, holdTalk, type Talk } from './prefix/hold-talk.ts'

const turns = 50
const leastShare = 80
const contextLength = 4_096

export const bench: Bench = {
  about:
    'prompt tokens that a prefix cache serves over talks of 50 turns: --talks N; with VLLM_URL a talk with that server instead of the stand-in',
  options: { talks: { type: 'string' } },
  run,
}

type Layout = 'dm' | 'dm, three facts each time' | 'dm, the template' | 'sliding window' | 'channel, three askers'
type Server = AsyncDisposable & Readonly<{ url: string }>
type Serve = (dialogue: Dialogue, template: 'qwen3' | 'keeps-empty-think') => Promise<Server>

async function run(bench: BenchRun) {
  const url = process.env['VLLM_URL']
  return url ? await talkToReal(url, bench) : await talkToStandIn(bench)
}

async function talkToStandIn({ values, progress, signal }: BenchRun) {
  const talks = wholeNumber(values, 'talks', 4)
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
    const talk = talkOf(dialogue)
    const { model, transcript } = await count(standIn, talk, 'qwen3')
    shares.dm.push(shareOf(model))
    sizes = sizesOf(model, dialogue)
    const knowing = { ...talk, dialogue: createDialogue(seed, turns, 3) }
    shares['dm, three facts each time'].push(shareOf((await count(standIn, knowing, 'qwen3')).model))
    shares['sliding window'].push(shareOf(await countSliding(standIn, talk, transcript)))
    const inChannel = { ...talk, place: channel, people: ['Mira', 'Jonas', 'Wren'] }
    shares['channel, three askers'].push(shareOf((await count(standIn, inChannel, 'qwen3')).model))
    shares['dm, the template'].push(shareOf((await count(standIn, talk, 'keeps-empty-think')).model))
    progress(`talk ${seed} of ${talks}: ${JSON.stringify(shares)}`, seed / talks)
  }
  const figures = [cacheFigure(Math.min(...shares.dm))]
  return {
    figures,
    beside: { server: 'stand-in, blocks of 16 tokens', turns, talks, unit: '%', shares, tokens: sizes },
  }
}

/**
 * One talk, then its words once more in a sliding window: the server reads the prompts, the answers are given. What each talk begins with is
 * new to the server, so that nothing of the other, or of a run before, is in its cache.
 */
async function talkToReal(url: string, { progress, signal }: BenchRun) {
  const real: Serve = async () => ({ url, async [Symbol.asyncDispose]() {} })
  const talk = () => talkOf(createDialogue(1, turns), `The number of this house is ${randomUUID()}.`)
  progress(`${turns} turns with the server at ${url}`)
  const { model, transcript } = await count(real, talk(), 'qwen3', withAnswers)
  signal.throwIfAborted()
  progress('the same words in a sliding window')
  const sliding = await countSliding(real, talk(), transcript)
  const shares = { dm: shareOf(model), 'sliding window': shareOf(sliding) }
  const tokens = { prompt: meanPrompt(model) }
  return { figures: [cacheFigure(shares.dm)], beside: { server: url, turns, unit: '%', shares, tokens } }
}

function withAnswers(model: ChatModel, { answers }: Dialogue): ChatModel {
  return new GivenAnswers(model, answers)
}

function cacheFigure(value: number): Figure {
  return figure({ name: 'prompt tokens from the cache', value, unit: '%', limit: leastShare, better: 'higher' })
}

function talkOf(dialogue: Dialogue, first?: string): Talk {
  const { name, voice } = readPersona('./personas/aeries.md', contextLength)
  const said = [...(first === undefined ? [] : [first]), voice, dialogue.houseStyle]
  return { dialogue, persona: { name, voice: said.join('\n\n') }, place: dm, people: ['Mira'] }
}

async function count(
  serve: Serve,
  talk: Talk,
  template: Parameters<Serve>[1],
  answering: (model: ChatModel, dialogue: Dialogue) => ChatModel = model => model,
) {
  await using server = await serve(talk.dialogue, template)
  await using wire = aModel(server.url)
  const model = new CountingModel(wire)
  const transcript = await holdTalk(answering(model, talk.dialogue), talk)
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
  const model = process.env['VLLM_MODEL'] || 'Qwen/Qwen3-8B'
  const apiKey = process.env['VLLM_API_KEY'] || undefined
  return createVllmChatModel({
    url,
    model,
    apiKey,
    contextLength,
    sampling: { temperature: 0 },
    clock: systemClock,
    log: quietLog,
  })
}

/** Of all prompt tokens of all turns, in percent. */
function shareOf({ turns: all }: CountingModel): number {
  if (all.length !== turns) throw new ConfigError(`${all.length} of ${turns} answers came: is the server well?`)
  const sum = (pick: (turn: (typeof all)[number]) => number) => all.reduce((total, turn) => total + pick(turn), 0)
  return Math.round((1_000 * sum(({ cached }) => cached)) / sum(({ prompt }) => prompt)) / 10
}

function meanPrompt({ turns: all }: CountingModel): number {
  return Math.round(all.reduce((sum, { prompt }) => sum + prompt, 0) / all.length)
}

/** What the stand-in's tokenizer counts: the shares hold for talks of such sizes. */
function sizesOf(model: CountingModel, dialogue: Dialogue) {
  const tokenizer = new Tokenizer()
  const tokens = (text: string) => tokenizer.encode(text).length
  const mean = (texts: readonly string[]) =>
    Math.round(texts.reduce((sum, text) => sum + tokens(text), 0) / texts.length)
  const { requests } = model
  const { standing } = dialogue.brief(0)
  const system = requests[0]?.messages[0]?.content.replace(`\n\n${standing}`, '') ?? ''
  return {
    system: tokens(system),
    brief: Math.max(...requests.map((_, turn) => tokens(standing) + tokens(dialogue.brief(turn).tail))),
    question: mean(dialogue.questions),
    answer: mean(dialogue.answers),
    prompt: meanPrompt(model),
  }
}
