import { describe, expect, test } from 'vitest'
import { APlayground } from './a-playground.ts'

describe.concurrent('npm run playground -- --terminal', () => {
  test('answers a DM and a mention, rests without its model, and remembers across a kill', async () => {
    await using playground = new APlayground()
    playground.type(
      'my favourite colour is teal',
      '/in #general',
      '@Aeries what about kite42?',
      '/down',
      '@Aeries are you there?',
      '/up',
      '/in dm',
      '/kill',
      'What is my favourite colour?',
    )
    expect(await playground.end(), playground.errors).toBe(0)

    const lines = linesBySpeaker(playground.output)
    // The notice becomes the answer once the model is back, whatever is being said elsewhere at that moment.
    const edited = ['#general', 'Aeries', expect.stringMatching(/^\(edited\)\nYou asked/)]
    expect(lines).toContainEqual(edited)
    const said = lines.filter(([, , text]) => !text?.startsWith('(edited)'))
    expect(said).toEqual([
      ['dm mira', 'Mira', 'my favourite colour is teal'],
      ['dm mira', 'Aeries', expect.stringContaining('your favourite colour is teal')],
      ['#general', 'Mira', '@Aeries what about kite42?'],
      ['#general', 'Aeries', expect.stringContaining('kite42')],
      ['#general', 'Mira', '@Aeries are you there?'],
      ['#general', 'Aeries', expect.stringMatching(/Aeries is resting\. Try again in a moment\.$/)],
      ['dm mira', 'Mira', 'What is my favourite colour?'],
      ['dm mira', 'Aeries', expect.stringContaining('Your favourite colour is teal.')],
    ])
  })

  test('answers in Slack too: a DM, a mention in its thread, and what follows there', async () => {
    await using playground = new APlayground({ SLACK_APP_TOKEN: 'xapp-real', SLACK_CLIENT_ID: '1.2' })
    playground.type(
      '/in slack dm',
      'my favourite colour is teal',
      '/film',
      '/in slack #general',
      '@Aeries what about kite42?',
      '/in slack thread',
      '/reply hello',
      'and what about gull17?',
      '/drop',
      '/in slack dm',
      'What is my favourite colour?',
    )
    expect(await playground.end(), playground.errors).toBe(0)

    expect(linesBySpeaker(playground.output)).toEqual([
      ['slack dm mira', 'Mira', 'my favourite colour is teal'],
      ['slack dm mira', 'Aeries', expect.stringContaining('your favourite colour is teal')],
      ['slack #general', 'Mira', '@Aeries what about kite42?'],
      ['slack › general', 'Aeries', expect.stringMatching(/^↳ Mira: “@Aeries what about kite42\?”\n.*kite42/)],
      ['slack › general', 'Mira', 'and what about gull17?'],
      ['slack › general', 'Aeries', expect.stringContaining('gull17')],
      ['slack dm mira', 'Mira', 'What is my favourite colour?'],
      ['slack dm mira', 'Aeries', expect.stringContaining('Your favourite colour is teal.')],
    ])
    expect(playground.output).toContain('  Aeries in slack dm mira: ')
    expect(playground.output).toContain('Slack has no replies but threads')
    expect(playground.output).toContain('Connected again.')
  })

  test('says what is wrong when the service does not start, and ends with 1', async () => {
    await using playground = new APlayground({ LOG_LEVEL: 'loud' })
    expect(await playground.end()).toBe(1)
    expect(playground.errors).toContain('LOG_LEVEL: "loud" will not do')
  })

  test('stops cleanly on Ctrl-C, although npm hands on what its terminal told it, too', async () => {
    await using playground = new APlayground()
    await playground.shows('Aeries is here')
    expect(await playground.interrupt('SIGINT', 'SIGTERM')).toBe(0)
    expect(playground.output).toContain('Stopping')
  })

  test('helps with a command that there is not, and quits on /quit while the pipe is open', async () => {
    await using playground = new APlayground()
    playground.type('/relpy hello', '/quit')
    await playground.shows('There is no /relpy; there is /reply TEXT')
    expect(await playground.ended()).toBe(0)
  })
})

const signs = new Set(['is typing…', 'is thinking…'])

/** Who said what where, notes and signs of typing left out: one entry a block of lines. */
function linesBySpeaker(output: string): readonly (readonly [place: string, name: string, text: string])[] {
  const blocks: [string, string, string][] = []
  let isTalk = false
  for (const line of output.split('\n')) {
    const [, place = '', name = '', text = ''] = /^(.{15}) (.{7}) │ ?(.*)$/.exec(line) ?? []
    if (name.trim() !== '') {
      isTalk = place.trim() !== '' && !signs.has(text)
      if (isTalk) blocks.push([place.trim(), name.trim(), text])
    } else if (isTalk) {
      const block = blocks.at(-1)
      if (block) block[2] += `\n${text}`
    }
  }
  return blocks.map(([place, name, text]) => [place, name, text.trim()])
}
