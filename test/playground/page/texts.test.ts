import { describe, expect, it } from 'vitest'
import { plainText } from '#page/rich.ts'
import { readCommand } from '#playground/page/chat/read-command.ts'
import { readDiscord } from '#playground/page/discord/read-discord.ts'
import { readMrkdwn } from '#playground/page/slack/read-mrkdwn.ts'

const names = {
  person: (id: string) => (id === '1' || id === 'U1' ? 'Mira' : undefined),
  place: (id: string) => (id === '2' || id === 'C2' ? 'general' : undefined),
  isMe: (id: string) => id === '1' || id === 'U1',
}
const discord = (text: string) => readDiscord(text, names)
const slack = (text: string) => readMrkdwn(text, names)
const text = (words: string) => ({ type: 'text', text: words })
const paragraph = (...children: unknown[]) => ({ type: 'paragraph', children })

describe('Discord’s markdown', () => {
  it('underlines, hides spoilers, and prints small what begins with -#', () => {
    expect(discord('__a__ **b** ||c *d*||')).toEqual([
      paragraph(
        { type: 'underline', children: [text('a')] },
        text(' '),
        { type: 'bold', children: [text('b')] },
        text(' '),
        { type: 'spoiler', children: [text('c '), { type: 'italic', children: [text('d')] }] },
      ),
    ])
    expect(discord('one\n-# two\nthree')).toEqual([
      paragraph(text('one')),
      { type: 'small', children: [text('two')] },
      paragraph(text('three')),
    ])
    expect(plainText(discord('a || b'))).toBe('a || b')
  })

  it('calls people and places by their names', () => {
    expect(discord('<@1> in <#2>, not <@9>')).toEqual([
      paragraph(
        { type: 'mention', text: '@Mira', isMe: true },
        text(' in '),
        { type: 'mention', text: '#general', isMe: false },
        text(', not '),
        { type: 'mention', text: '@unknown-user', isMe: false },
      ),
    ])
  })

  it('has no tables, no HTML, no images and no fourth heading', () => {
    expect(plainText(discord('| a |\n|---|\n<b>c</b> ![d](http://e.example)'))).toContain('| a |')
    expect(JSON.stringify(discord('| a |\n|---|'))).not.toContain('table')
    expect(discord('### a')).toEqual([{ type: 'heading', level: 3, children: [text('a')] }])
  })

  it('leaves words inside code alone', () => {
    expect(discord('`<@1> ||a||`')).toEqual([paragraph({ type: 'code', text: '<@1> ||a||' })])
  })
})

describe('Slack’s mrkdwn', () => {
  it('has one mark each for bold, italic and struck, at the edges of words', () => {
    expect(slack('*a* _b_ ~c~ 2*3*4')).toEqual([
      paragraph(
        { type: 'bold', children: [text('a')] },
        text(' '),
        { type: 'italic', children: [text('b')] },
        text(' '),
        { type: 'strike', children: [text('c')] },
        text(' 2*3*4'),
      ),
    ])
  })

  it('reads what is in angle brackets, and undoes the escapes', () => {
    expect(slack('<@U1> <#C2|general> <!here> <https://a.example|b &amp; c> &lt;d&gt;')).toEqual([
      paragraph(
        { type: 'mention', text: '@Mira', isMe: true },
        text(' '),
        { type: 'mention', text: '#general', isMe: false },
        text(' '),
        { type: 'mention', text: '@here', isMe: true },
        text(' '),
        { type: 'link', url: 'https://a.example', children: [text('b & c')] },
        text(' <d>'),
      ),
    ])
    expect(JSON.stringify(slack('<javascript:alert(1)|x>'))).not.toContain('"link"')
  })

  it('knows quotes, fences and names of emoji', () => {
    expect(slack('&gt; a\n&gt; b\nc ```d *e*```:+1: :nobody:')).toEqual([
      { type: 'quote', children: [paragraph(text('a'), { type: 'break' }, text('b'))] },
      paragraph(text('c ')),
      { type: 'code', language: '', text: 'd *e*' },
      paragraph({ type: 'emoji', text: '👍', name: '+1' }, text(' '), text(':nobody:')),
    ])
  })
})

describe('a typed command', () => {
  const forget = { type: 1, name: 'forget', options: [{ type: 3, name: 'what' }] }
  const commands = [{ name: 'aeries', description: '', options: [forget, { type: 1, name: 'help' }] }]

  it('is its name, its subcommand, and values by name', () => {
    expect(readCommand('/aeries forget what:my dog and cat', commands)).toMatchObject({
      typed: 'aeries forget',
      options: { what: 'my dog and cat' },
      rest: 'forget what:my dog and cat',
    })
    expect(readCommand('/aeries forget my dog', commands)?.options).toEqual({ what: 'my dog' })
    expect(readCommand('/aeries help', commands)).toMatchObject({ typed: 'aeries help', options: {} })
    expect(readCommand('/nothing', commands)).toBeUndefined()
  })
})
