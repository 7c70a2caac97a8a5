import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sameText } from '#src/markdown/same-text.ts'
import { nastyAnswer } from '#test/support/nasty-answer.ts'
import { openWholeHouse, openWorld, type WholeHouse, type WholeHouseOptions, type World } from './whole-house.ts'

let opened = new AsyncDisposableStack()

afterEach(async () => {
  const closing = opened
  opened = new AsyncDisposableStack()
  await closing.disposeAsync()
})

async function aWorld(...args: Parameters<typeof openWorld>): Promise<World> {
  return opened.use(await openWorld(...args))
}

async function aHouse(world: World, options?: WholeHouseOptions): Promise<WholeHouse> {
  return opened.use(await openWholeHouse(world, options))
}

describe('a conversation in Slack', () => {
  it('answers a DM at its top level, in one message that grows until it is what the model said', async () => {
    const world = await aWorld()
    const house = await aHouse(world)
    world.vllm.script({ tokens: wordsOf(150), itlMs: 4 })
    world.slack.people.say('mira', 'dm', 'Tell me a story about tides')
    const [closed] = await house.closed(1)
    const [message, ...others] = ownIn(world, 'dm:mira')
    expect(others).toEqual([])
    expect(message?.threadTs).toBeUndefined()
    expect(message?.versions.length).toBeGreaterThan(2)
    expect(closed?.reply.text).toBe(world.vllm.calls[0]?.text)
    expect(sameText(closed?.reply.text ?? '', shownIn(world, 'dm:mira'))).toEqual({ same: true })
  })

  it('answers a mention in its thread, and what follows there without one, and remembers both', async () => {
    const world = await aWorld()
    const house = await aHouse(world)
    const root = world.slack.people.say('mira', '#general', '@Aeries My favourite colour is turquoise')
    await house.closed(1)
    world.slack.people.say('mira', '#general', 'What is my favourite colour?', { thread: root.ts })
    await house.closed(2)
    const answers = ownIn(world, '#general')
    expect(answers.map(({ threadTs }) => threadTs)).toEqual([root.ts, root.ts])
    expect(shownIn(world, '#general').at(-1)).toMatch(/turquoise/)
  })

  it('streams natively in the agent view, and opens a thread with what was just said', async () => {
    const world = await aWorld()
    const house = await aHouse(world)
    world.slack.people.openApp('mira')
    await world.slack.deliveries.idle()
    world.slack.people.say('mira', 'dm', 'My favourite colour is turquoise')
    await house.closed(1)
    world.slack.people.say('mira', 'dm', 'What is my favourite colour?')
    await house.closed(2)
    const [one, two] = ownIn(world, 'dm:mira')
    expect(one?.threadTs).not.toBe(two?.threadTs)
    expect(two?.versions.at(-1)?.shown).toMatch(/turquoise/)
    expect(ownIn(world, 'dm:mira').every(({ stream }) => stream?.state === 'completed')).toBe(true)
    expect(world.slack.scene.snapshot().sessions.map(({ status }) => status)).toEqual(['active', 'active'])
  })

  it('answers once what Slack tells again after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aeries-'))
    opened.defer(() => rm(folder, { recursive: true }))
    const databasePath = join(folder, 'aeries.db')
    const world = await aWorld()
    const before = await openWholeHouse(world, { databasePath })
    world.slack.people.say('mira', '#general', '@Aeries hello')
    await before.closed(1)
    await before[Symbol.asyncDispose]()
    const after = await aHouse(world, { databasePath })
    for (const delivery of world.slack.deliveries.all()) await world.slack.deliveries.repeat(delivery)
    world.slack.people.say('mira', 'dm', 'anything new?')
    await after.closed(1)
    expect(ownIn(world, '#general')).toHaveLength(1)
    expect(world.vllm.calls).toHaveLength(2)
  })

  it('calls nobody, whatever special mention the model echoes, in posts, updates and streams', async () => {
    const world = await aWorld()
    const { mira, general } = world.harbour
    const group = world.slack.scene.createGroup('crew', ['mira', 'jonas']).id
    const forms = [
      ...['channel', 'here', 'everyone', 'group', 'here|here'].map(word => `<!${word}>`),
      ...[`<!subteam^${group}>`, `<!subteam^${group}|@crew>`, `<@${mira}>`, `<@${mira}|mira>`, `<#${general}|general>`],
      ...[
        `\`<@${mira}>\``,
        `\`\`\`\n<!channel>\n\`\`\``,
        `[x](<!here>)`,
        `<<!here>>`,
        `&lt;!channel&gt; @channel @mira`,
      ],
      ...[`<https://a.example|<!channel>>`, `> <!everyone>`, `\\<!channel>`, `<!date^1^{date}|<@${mira}>>`],
    ]
    const text = forms.map((form, at) => `${at}. ${form} and so on.`).join('\n\n')
    for (const nativeStream of ['all', 'off'] as const) {
      const house = await openWholeHouse(world, { parts: { nativeStream, dmStyle: 'threads' } })
      world.vllm.script({ text, itlMs: 1, times: 2 })
      world.slack.people.say('mira', 'dm', 'echo')
      world.slack.people.say('mira', '#general', '@Aeries echo')
      await house.closed(2)
      await house[Symbol.asyncDispose]()
    }
    const own = [...ownIn(world, 'dm:mira'), ...ownIn(world, '#general')]
    expect(own).toHaveLength(4)
    expect(own.flatMap(({ versions }) => versions.flatMap(({ pings }) => pings))).toEqual([])
    expect(own.every(({ versions }) => versions.length > 2)).toBe(true)
    for (const { versions } of own) expect(sameText(text, [versions.at(-1)?.shown ?? ''])).toEqual({ same: true })
  })

  it('delivers every character once over limits, faults, lost answers and streams that expire', {
    timeout: 60_000,
  }, async () => {
    const world = await aWorld()
    const { faults, streams, people, events } = world.slack
    for (const method of ['chat.*', 'conversations.*']) {
      faults.add({ kind: 'reset', accepted: true, chance: 0.06, method })
      faults.add({ kind: 'reset', chance: 0.06, method })
      faults.add({ kind: 'error', status: 503, chance: 0.04, method })
      faults.add({ kind: 'error', status: 500, accepted: true, chance: 0.04, method })
    }
    faults.add({ kind: 'rate-limit', retryAfterS: 1, chance: 0.03, method: 'chat.*' })
    let appended = 0
    opened.defer(
      events.on(event => {
        if (event.type === 'streamed' && ++appended % 15 === 0) streams.expire(event.message)
      }),
    )
    const house = await aHouse(world, { timing: { rotateStreamMs: 60_000 } })
    people.openApp('mira')
    await world.slack.deliveries.idle()
    const places = ['dm', '#general', 'own', '#random'] as const
    const answers = Array.from({ length: 40 }, (_, at) => answerOf(at * 7 + 3, at % 6 === 0 ? 18_000 : 2_500)).filter(
      text => text !== '',
    )
    for (const [at, text] of answers.entries()) {
      world.vllm.script({ text, itlMs: 2, match: { question: `number ${at}.` } })
      const place = places[at % places.length] ?? 'dm'
      const person = place === 'own' ? world.slack.scene.createPerson({ name: `reader${at}` }).name : 'mira'
      people.say(person, place === 'own' ? 'dm' : place, `${place.startsWith('#') ? '@Aeries ' : ''}number ${at}.`)
    }
    const closed = await house.closed(answers.length)
    const wrong = closed.flatMap(({ turn, reply }) => {
      const at = Number(/number (\d+)\./.exec(turn.asked[0]?.message.text ?? '')?.[1])
      const shown = reply.messages.map(message => shownUnder(world, turn.place.channel, message))
      const same = sameText(answers[at] ?? '', shown)
      return same.same && reply.outcome === 'done' ? [] : [{ at, outcome: reply.outcome, same }]
    })
    expect(wrong).toEqual([])
    const standing = world.slack.scene.record().filter(({ botId }) => botId !== undefined).length
    expect(standing).toBe(closed.flatMap(({ reply }) => reply.messages).length)
  })

  it('carries fifty answers at once in one workspace: no limit is met, every one is whole', {
    timeout: 60_000,
  }, async () => {
    const world = await aWorld()
    const house = await aHouse(world)
    const names = Array.from({ length: 25 }, (_, at) => `person${at}`)
    for (const name of names) {
      world.slack.scene.createPerson({ name })
      world.slack.scene.invite('#general', name)
      world.slack.people.openApp(name)
    }
    await world.slack.deliveries.idle()
    world.slack.clearLog()
    for (const at of names.keys()) {
      world.vllm.script({ tokens: wordsOf(120, `dm${at}x`), itlMs: 10, match: { question: `dm${at}.` } })
      world.vllm.script({ tokens: wordsOf(120, `channel${at}x`), itlMs: 10, match: { question: `channel${at}.` } })
    }
    for (const [at, name] of names.entries()) {
      world.slack.people.say(name, `dm:${name}`, `dm${at}.`)
      world.slack.people.say(name, '#general', `@Aeries channel${at}.`)
    }
    const closed = await house.closed(50)
    for (const { turn, reply } of closed) {
      const shown = reply.messages.map(message => shownUnder(world, turn.place.channel, message))
      expect(sameText(reply.text, shown)).toEqual({ same: true })
      expect(reply.outcome).toBe('done')
    }
    expect(world.slack.log.filter(({ retryAfterS }) => retryAfterS !== undefined).map(({ method }) => method)).toEqual(
      [],
    )
  })
})

function wordsOf(count: number, word = 'word'): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${word}${at}${at % 12 === 11 ? '.' : ''} `)
}

function ownIn({ slack }: World, place: string) {
  return slack.people.messages(place).filter(({ botId }) => botId !== undefined)
}

function shownIn(world: World, place: string): readonly string[] {
  return ownIn(world, place).map(({ versions }) => versions.at(-1)?.shown ?? '')
}

function shownUnder({ slack }: World, channel: string, message: string): string {
  const { versions, files } = slack.people.message(channel, message.slice(message.lastIndexOf('/') + 1))
  const [file] = files
  return file === undefined ? (versions.at(-1)?.shown ?? '') : String(file.content)
}

/** Without addresses, which streams show as code: that is how they look, not what was said. */
function answerOf(seed: number, maxLength: number): string {
  const text = nastyAnswer(seed, { maxLength, wellFormed: true })
  return text
    .replaceAll('://', ': //')
    .replaceAll('www.', 'ww.')
    .replace(/[\s\uFFFD]+$/u, '')
}
