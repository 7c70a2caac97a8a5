import { describe, expect, it } from 'vitest'
import { parsePersona } from '#src/personas/parse-persona.ts'

const file = (head: string, voice = 'You are the captain.\n') => `---\n${head}\n---\n${voice}`

describe('parsePersona', () => {
  it('reads who it is, where, and what it asks of the model', () => {
    const head = [
      'name: Captain',
      'about: Speaks like the sea.',
      'places: [discord:1234, "slack:T1:C2"]',
      'temperature: 1.1',
      'topP: 0.9',
      'maxTokens: 200',
    ].join('\n')
    expect(parsePersona(file(head))).toEqual({
      persona: {
        name: 'Captain',
        about: 'Speaks like the sea.',
        voice: 'You are the captain.\n',
        sampling: { temperature: 1.1, topP: 0.9 },
        maxTokens: 200,
      },
      places: ['discord:1234', 'slack:T1:C2'],
    })
  })

  it('takes a voice alone under a usual name, and lines of dashes in a voice as they are', () => {
    const voice = 'You are Aeries.\n\n---\n\nBe kind.\n'
    expect(parsePersona(voice, 'Aeries')).toEqual({ persona: { name: 'Aeries', voice }, places: [] })
    expect(parsePersona(file('name: Captain', voice))).toMatchObject({ persona: { name: 'Captain', voice } })
    expect(parsePersona(file('temperature: 0.5', voice), 'Aeries')).toMatchObject({ persona: { name: 'Aeries' } })
  })

  it('reads files as Windows writes them', () => {
    const text = '\uFEFF---\r\nname: Captain\r\ntemperature: 1\r\n---\r\nAhoy.\r\n'
    expect(parsePersona(text)).toMatchObject({ persona: { name: 'Captain', voice: 'Ahoy.\r\n' } })
  })

  it.each([
    [
      'a value out of its range',
      file('name: Captain\ntemperature: 7'),
      3,
      'temperature will not do',
      'it must be a number from 0 to 2',
    ],
    [
      'a word for a number',
      file('name: Captain\n\nmaxTokens: many'),
      4,
      'maxTokens will not do',
      'a whole number from 128 to 1000000',
    ],
    [
      'a place of no platform',
      file('name: Captain\nplaces:\n  - discord:1\n  - here'),
      5,
      'places will not do',
      'must be PLATFORM:WORKSPACE',
    ],
    ['places that are no list', file('name: Captain\nplaces: discord:1'), 3, 'places will not do', 'it must be a list'],
    [
      'a field that nobody knows',
      file('name: Captain\n# why\ntemprature: 1'),
      4,
      '"temprature" is nothing',
      'write one of name, about',
    ],
    ['no name', file('temperature: 1'), 2, 'it has no name', 'a line name:'],
    ['an odd name', file('name: "[x](y)"'), 2, 'name will not do', 'letters, digits and blanks'],
    ['broken YAML', file('name: Captain\nplaces: [a, b'), 3, '', 'write it as YAML'],
    ['a field twice', file('name: Captain\nname: Cook'), 3, 'unique', 'write it as YAML'],
    ['an alias without its anchor', file('about: x\nname: *captain'), 3, 'begins with *', 'in quotes'],
    [
      'aliases of aliases',
      file(`name: A\nabout: &a [x]\nplaces: [${'*a, '.repeat(200)}*a]`),
      4,
      'begins with *',
      'write',
    ],
    ['a part of a number', file('name: Captain\ntopK: 1.5'), 3, 'topK will not do', 'must be a whole number'],
    ['a name that is a word of the command', file('name: Default'), 2, 'name will not do', 'must not be "default"'],
    ['front matter that is a list', file('- name'), 2, 'no list of fields', 'name: value'],
    ['front matter without an end', '---\nname: Captain\nAhoy.\n', 1, 'has no end', 'a line of ---'],
    ['no front matter', 'You are the captain.', 1, 'it has no name', 'begin the file with ---'],
    ['no words', file('name: Captain', ' \n'), 4, 'there are no words', 'write down who Aeries is'],
  ])('tells the line and the cure of %s', (_, text, line, fault, cure) => {
    expect(parsePersona(text)).toEqual({
      line,
      fault: expect.stringContaining(fault),
      cure: expect.stringContaining(cure),
    })
  })
})
