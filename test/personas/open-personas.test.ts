import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPersonas } from '#src/personas/open-personas.ts'
import { channel, dm } from '#test/support/an-event.ts'
import { KeptLog } from '#test/support/kept-log.ts'
import { ManualClock } from '#test/support/manual-clock.ts'

const captain = '---\nname: Captain\nplaces: [test:harbour]\n---\nAhoy.'

function aFolder(files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'aeries-'))
  const clock = new ManualClock()
  const log = new KeptLog()
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  for (const [name, text] of Object.entries({ 'aeries.md': 'You are Aeries.', ...files })) write(name, text)
  const path = join(folder, 'aeries.md')
  return {
    clock,
    log,
    write,
    folder,
    open: () => openPersonas({ path, mostTokens: 100, countTokens: text => text.length, clock, log }),
    remove: (name: string) => rmSync(join(folder, name)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

describe('personas', () => {
  it('are the usual one, the one of a place, and the one that was chosen', () => {
    using home = aFolder({
      'captain.md': captain,
      'cook.md': '---\nname: Cook\nplaces: [test:harbour:general]\n---\nHungry?',
    })
    using personas = home.open()
    expect(personas.all().map(({ name }) => name)).toEqual(['Aeries', 'Captain', 'Cook'])
    expect(personas.at(dm).name).toBe('Aeries')
    expect(personas.at(channel).name).toBe('Cook')
    expect(personas.at({ ...channel, channel: 'garden', thread: '1' }).name).toBe('Captain')
    expect(personas.at(channel, 'captain').name).toBe('Captain')
    expect(personas.at(dm, 'somebody who is gone').name).toBe('Aeries')
  })

  it('are read again when a file changes, comes or goes', async () => {
    using home = aFolder()
    using personas = home.open()
    home.write('aeries.md', 'You are somebody new.')
    home.write('captain.md', captain)
    await home.clock.advance(2_000)
    expect(personas.at(dm).voice).toBe('You are somebody new.')
    expect(personas.at(channel).voice).toBe('Ahoy.')
    home.remove('captain.md')
    await home.clock.advance(2_000)
    expect(personas.at(channel).name).toBe('Aeries')
  })

  it('are files: a pipe of such a name holds nobody up, and the log says so', async () => {
    using home = aFolder({ 'captain.md': captain })
    const pipe = join(home.folder, 'pipe.md')
    execFileSync('mkfifo', [pipe])
    // Should somebody read it after all, they get the words, and do not wait for good.
    const writer = spawn('sh', ['-c', 'printf %s "$1" > "$0"', pipe, '---\nname: Pipe\n---\nHello.'])
    try {
      mkdirSync(join(home.folder, 'folder.md'))
      using personas = home.open()
      expect(personas.all().map(({ name }) => name)).toEqual(['Aeries', 'Captain'])
      expect(home.log.lines.map(({ fields }) => fields)).toEqual(
        [join(home.folder, 'folder.md'), pipe].map(file => ({
          ...{ file, line: 1, fault: 'it cannot be read, as it is no file' },
          cure: 'put a markdown file there, or take it away',
        })),
      )
    } finally {
      writer.kill()
    }
  })

  it('stay what they were when a file has a mistake, and the log names its line and cure, once', async () => {
    using home = aFolder({ 'captain.md': captain })
    using personas = home.open()
    home.write('captain.md', '---\nname: Captain\ntemperature: 9\n---\nArr.')
    home.write('aeries.md', '')
    await home.clock.advance(10_000)
    expect(personas.at(channel).voice).toBe('Ahoy.')
    expect(personas.at(dm).voice).toBe('You are Aeries.')
    expect(home.log.lines.filter(({ level }) => level === 'error').map(({ fields }) => fields)).toEqual([
      {
        file: join(home.folder, 'aeries.md'),
        line: 1,
        fault: 'there are no words',
        cure: expect.stringContaining('write down'),
      },
      {
        file: join(home.folder, 'captain.md'),
        line: 3,
        fault: 'temperature will not do',
        cure: 'it must be a number from 0 to 2',
      },
    ])
    home.write('captain.md', '---\nname: Captain\ntemperature: 1\nplaces: [test:harbour]\n---\nArr.')
    home.remove('aeries.md')
    await home.clock.advance(2_000)
    expect(personas.at(channel)).toMatchObject({ voice: 'Arr.', sampling: { temperature: 1 } })
    expect(personas.at(dm).voice).toBe('You are Aeries.')
  })

  it('outlive what cannot be looked at: a link that leads to itself, a value that stands for nothing', async () => {
    using home = aFolder({ 'captain.md': captain })
    using personas = home.open()
    symlinkSync('loop.md', join(home.folder, 'loop.md'))
    home.write('captain.md', '---\nname: *captain\n---\nArr.')
    await home.clock.advance(2_000)
    expect(personas.at(channel).voice).toBe('Ahoy.')
    const errors = home.log.lines.filter(({ level }) => level === 'error')
    expect(errors.map(({ fields }) => fields['file'])).toEqual(
      ['captain.md', 'loop.md'].map(name => join(home.folder, name)),
    )
    home.write('captain.md', '---\nname: Captain\nplaces: [test:harbour]\n---\nArr.')
    await home.clock.advance(2_000)
    expect(personas.at(channel).voice).toBe('Arr.')
  })

  it('leave out at the start what has a mistake, and end it when the usual one has', () => {
    using home = aFolder({
      'captain.md': 'Ahoy.',
      'double.md': '---\nname: aeries\n---\nMe, too.',
      'README.md': 'About.',
    })
    using personas = home.open()
    expect(personas.all().map(({ name }) => name)).toEqual(['Aeries'])
    expect(home.log.lines.map(({ fields }) => fields['fault'])).toEqual([
      'it has no name',
      'the name "aeries" is taken by aeries.md',
    ])
    home.write('aeries.md', 'x'.repeat(101))
    expect(() => home.open()).toThrow(/PERSONA_PATH: .*aeries.md", line 1: it is too long/)
  })

  it('are looked at no more when nobody needs them', async () => {
    using home = aFolder()
    home.open()[Symbol.dispose]()
    expect(home.clock.pending).toBe(0)
  })
})
