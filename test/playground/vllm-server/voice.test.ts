import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '#playground/vllm-server/chat-template.ts'
import { readStandingLines } from '#playground/vllm-server/voice/standing-lines.ts'
import { defaultVoice } from '#playground/vllm-server/voice/voice.ts'

const context = '\n\n<context>\nNow: Monday, 23 November 2026 at 07:05 (Europe/Berlin)\n</context>'
const inChannel = (asker: string) => `\n\n<context>\nNow: Monday\nAsking now: ${asker}\nPlace: general\n</context>`
const answered: ChatMessage = { role: 'assistant', content: 'Hm.' }

function say(
  question: string,
  before: readonly ChatMessage[] = [answered],
  system = 'You are Aeries, a companion.',
): string {
  const messages = [{ role: 'system', content: system }, ...before, { role: 'user', content: question }]
  return defaultVoice({ messages, continueFinalMessage: false }).text
}

const user = (content: string): ChatMessage => ({ role: 'user', content })

describe('the voice', () => {
  it('says what it is, when asked and in its first answer', () => {
    expect(say('Who are you?')).toMatch(/stand-in for Aeries, and no language model/)
    expect(say('Hi', [])).toMatch(/\n\n\(I am the playground's scripted stand-in, not a language model\.\)$/)
    expect(say('Hi')).not.toContain('stand-in')
  })

  it.each([
    ['How do tides work?', 'tides'],
    ['Was ist mit der Waschmaschine los?', 'Waschmaschine'],
    ['why is question q17-a here, and q18?', 'q18'],
    ['为什么天空是蓝色的', '为什么天空是蓝色的'],
    ['list five things for marker42', 'marker42'],
    ['count to 3 for marker42', 'marker42'],
  ])('quotes what was asked: %s', (question, word) => {
    expect(say(question + context)).toContain(word)
  })

  it('is the same for the same prompt, and another for another', () => {
    expect(say('How do tides work?')).toBe(say('How do tides work?'))
    expect(say('How do tides work?')).not.toBe(say('How do boats work?'))
  })

  it('answers the newest message and not the notes around it', () => {
    const told = say(
      `Ada: and trains?\n\n<context>\nAsking now: Ada\nQuoted from Ben:\n> who are you? tell me of lighthouses\n</context>`,
    )
    expect(told).toContain('trains')
    expect(told).not.toMatch(/lighthouses|stand-in/)
  })

  it('quotes every message of a turn that has several', () => {
    const told = say(`and tag2b?${context}`, [user('old tag0z?'), answered, user('what about tag1a?')])
    expect(told).toMatch(/tag1a.*tag2b/)
    expect(told).not.toContain('tag0z')
  })

  it('greets by name', () => {
    expect(say('Hello!', [user('my name is Ada'), answered])).toContain('Hello Ada')
    expect(say(`Mira: hi${inChannel('Mira')}`)).toContain('Hello Mira')
    expect(say('Say hello to Grace in one sentence.')).toBe('Hello Grace, it is good to hear from you!')
  })

  it('remembers what the same person said, and nobody else', () => {
    const before = [
      user('Ada: my favourite colour is teal'),
      answered,
      user('Ben: my favourite colour is red'),
      answered,
    ]
    expect(say(`Ada: what is my favorite color?${inChannel('Ada')}`, before)).toContain('teal')
    expect(say(`Eve: what is my favourite colour?${inChannel('Eve')}`, before)).toContain('do not know')
    expect(say(`what's my name?${context}`, [user('call me Ada'), answered])).toContain('Your name is Ada.')
    expect(say('where do I live?', [user('I live in Oslo.'), answered])).toContain('Oslo')
    expect(say(`what did I ask before?${context}`, [user('Note: is the tide low?'), answered])).toContain(
      'is the tide low?',
    )
  })

  it('knows of a person what the prompt tells it', () => {
    expect(say('What is my favourite tea?', [answered], 'You are Aeries.\nTheir favourite tea is sencha.')).toContain(
      'sencha',
    )
  })

  it('counts, lists, writes code and tables, and tells a story of any length', () => {
    expect(say('Count to five in words.')).toMatch(/^One, two, three, four, five\./)
    expect(say('Count to 12')).toContain('10, 11, 12.')
    expect(say('List three planets').match(/^- /gm)).toHaveLength(3)
    expect(say('Show me some Python code')).toMatch(/```python\n[\s\S]+\n```/)
    expect(say('A table of moons, please')).toMatch(/\| --- \| --- \| --- \|/)
    expect(say('Tell me a long story').length).toBeGreaterThan(3_000)
    expect(say('Tell me an endless story').length).toBeGreaterThan(30_000)
    expect(say('repeat after me: hello **world**')).toBe('hello **world**')
  })

  it('tells the date from the notes, having no clock', () => {
    expect(say(`What day is it?${context}`)).toContain('Monday, 23 November 2026')
    expect(say('What day is it?')).toContain('Nobody told me')
  })

  it('goes on where a partial answer ends', () => {
    const messages = [user('Count to ten in words.'), { role: 'assistant', content: 'One, two, three,' }]
    expect(defaultVoice({ messages, continueFinalMessage: true }).text).toMatch(/^ four, five, six, seven/)
    const other = [user('Hm?'), { role: 'assistant', content: 'Something else' }]
    expect(defaultVoice({ messages: other, continueFinalMessage: true }).text).toBe(' and that is the rest of it.')
  })
})

describe('standing lines', () => {
  const persona = 'You are Aeries. Most answers are a few sentences; take more room only when the question needs it.'
  const asked = 'How do tides work?'
  const under = (line: string) => say(asked, [answered], `${persona}\n\n${line}`)

  it.each([
    ['Keep answers short.', { length: 'short' }],
    ['- They like brief replies', { length: 'short' }],
    ['Answer in one or two sentences.', { length: 'short' }],
    ['Prefers detailed answers', { length: 'long' }],
    ['Use bullet points.', { shape: 'bullets' }],
    ['No bullets; write prose.', { shape: 'prose' }],
    ['Answer in German.', { language: 'de' }],
    ['Language: Spanish', { language: 'es' }],
    ['Call them Ada.', { name: 'Ada' }],
    ['Their name is Zoë-Marie', { name: 'Zoë-Marie' }],
    ['Keep answers short. Use detailed answers.', { length: 'long' }],
    [persona, {}],
  ])('are read: %s', (line, standing) => expect(readStandingLines(line)).toEqual(standing))

  it('make an answer short, or long', () => {
    expect(under('Keep answers short.').length).toBeLessThan(under('').length * 0.7)
    expect(under('They like detailed answers.').length).toBeGreaterThan(under('').length * 1.3)
    expect(say('Tell me a story', [answered], 'Keep answers short.').split('\n\n')).toHaveLength(2)
  })

  it('make it bullets, or prose', () => {
    expect(under('Use bullet points.')).toMatch(/^- .+\n- .+\n- /)
    expect(say('List three planets', [answered], 'Write prose, no lists.')).toContain('Mercury, Venus, Earth.')
  })

  it('give it a language and a name', () => {
    expect(under('Answer in German.')).toMatch(/Du hast nach “tides” gefragt/)
    expect(under('Call them Ada.')).toMatch(/^Ada, you asked about “tides”/)
  })

  it('count in the notes of the newest message too, but not in what it quotes', () => {
    expect(say(`${asked}\n\n<context>\nKeep answers short.\n</context>`)).toBe(under('Keep answers short.'))
    expect(say(`${asked}\n\n<context>\nQuoted from Ben:\n> Keep answers short.\n</context>`)).toBe(under(''))
  })

  it('give way to what the question itself asks for', () => {
    expect(say(`${asked} In one sentence, please.`, [answered], 'Likes detailed answers').split('. ')).toHaveLength(1)
  })
})
