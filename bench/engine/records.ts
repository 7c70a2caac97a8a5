import { createRandom } from '#bench/history/random.ts'
import { WireChunks } from '#playground/vllm-server/wire-chunks.ts'
import { wireProfiles } from '#playground/vllm-server/wire-profile.ts'

const words =
  'lamp boat tide wind road moon lake bell fern glow hill iron jade kite leaf mint oaks pear reed salt'.split(' ')
const kept = 4_096

/** Long enough to be worth a notification, so that a first text waits for nothing more. */
const firstText = 'The first sentence is complete as soon as it comes. '

export type Records = Readonly<{
  role: Buffer
  first: Buffer
  /** Repeats itself only after thousands of records. */
  at(index: number): Buffer
  end: Buffer
}>

/** Records as vLLM writes them, rendered once: what the bench measures is reading. */
export function createRecords(): Records {
  const identity = {
    id: 'chatcmpl-0123456789abcdef',
    created: 1_790_000_000,
    model: 'bench',
    fingerprint: 'vllm-bench',
  }
  const chunks = new WireChunks(wireProfiles['0.32'], identity)
  const random = createRandom(3)
  const delta = (text: string) => framed(chunks.delta({ channel: 'content', text }))
  const all = Array.from({ length: kept }, (_, index) => delta(tokenOf(index, random)))
  const ending = { reason: 'stop', stopReason: null, usageFollows: false }
  const end = framed(chunks.finish({ channel: 'content', text: '' }, ending))
  return {
    role: framed(chunks.role({ ids: null, text: null })),
    first: delta(firstText),
    at: index => all[index % kept] ?? end,
    end: Buffer.concat([end, Buffer.from('data: [DONE]\n\n')]),
  }
}

function tokenOf(index: number, random: () => number): string {
  const word = words[Math.floor(random() * words.length)] ?? 'lamp'
  if (index % 97 === 96) return '.\n\nSo'
  return index % 16 === 15 ? `${word}.` : ` ${word}`
}

function framed(json: string): Buffer {
  return Buffer.from(`data: ${json}\n\n`)
}
