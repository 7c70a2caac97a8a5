import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { patience } from '#test/support/patience.ts'
import { useServiceWorld } from '#test/support/service-world.ts'
import { Service } from '#test/support/start-service.ts'

const world = useServiceWorld()

describe('npm start', () => {
  it('says what is missing when no platform is configured, and exits 1', async () => {
    await using service = new Service({})
    expect(await service.exit()).toBe(1)
    expect(service.said).toBe(
      'Aeries cannot start:\n- No platform is configured: set DISCORD_TOKEN, SLACK_BOT_TOKEN or WEB_PORT (devsetup.md leads there), or try Aeries without any account: npm run playground.\n',
    )
  })

  it('tells all faults of the settings in one message, without a secret, and exits 1', async () => {
    const wrong = { VLLM_URL: 'localhost', MAX_TOKENS: 'many', TIME_ZONE: 'Mars/Base', LOG_LEVEL: 'loud' }
    await using service = new Service(world.settings({ ...wrong, DISCORD_TOKEN: 'a-secret-token' }))
    expect(await service.exit()).toBe(1)
    for (const name of Object.keys(wrong)) expect(service.said).toContain(`\n- ${name}: `)
    expect(service.said).not.toContain('a-secret-token')
    expect(service.said).not.toContain('    at ')
  })

  it('names a .env that it cannot read, and exits 1', async () => {
    await mkdir(join(world.folder, 'elsewhere', '.env'), { recursive: true })
    await using service = new Service(world.settings(), join(world.folder, 'elsewhere'))
    expect(await service.exit()).toBe(1)
    expect(service.said).toMatch(/^The settings in \S+\/elsewhere\/\.env cannot be read: .*\n$/)
  })

  it('tells what is wrong with files in the same message, touches none of them, and exits 1', async () => {
    await writeFile(join(world.folder, 'file'), '')
    const wrong = {
      PERSONA_PATH: join(world.folder, 'nobody.md'),
      LOG_LEVEL: 'loud',
      DATABASE_PATH: join(world.folder, 'file', 'aeries.db'),
    }
    await using service = new Service(world.settings(wrong))
    expect(await service.exit()).toBe(1)
    expect(service.said.match(/Aeries cannot start:/g)).toHaveLength(1)
    expect(service.said).toMatch(/\n- LOG_LEVEL: /)
    expect(service.said).toContain(`\n- PERSONA_PATH: "${wrong.PERSONA_PATH}", line 1: it cannot be read`)
    expect(service.said).toContain(`\n- The database ${wrong.DATABASE_PATH} cannot be used: `)
    expect(service.said).not.toContain('    at ')
  })

  it('names a persona that leaves no room for questions, and exits 1', async () => {
    const path = join(world.folder, 'long.md')
    await writeFile(path, 'You are Aeries. '.repeat(1_000))
    await using service = new Service(world.settings({ PERSONA_PATH: path, VLLM_CONTEXT_LENGTH: '4096' }))
    expect(await service.exit()).toBe(1)
    expect(service.said).toContain(`\n- PERSONA_PATH: "${path}", line 1: it is too long: 16000 characters`)
  })

  it('names cause and cure of a refused token, and exits 1', async () => {
    await using service = new Service(world.settings({ DISCORD_TOKEN: 'some-other-token' }))
    expect(await service.exit()).toBe(1)
    expect(service.said).toMatch(/DISCORD_TOKEN was refused.*developer portal/)
    expect(service.said).not.toContain('some-other-token')
  })

  it('waits for no model that hangs when the start has failed', async () => {
    const sockets = new Set<Socket>()
    const server = createServer(socket => sockets.add(socket)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const wrong = { DISCORD_TOKEN: 'some-other-token', VLLM_URL: `http://127.0.0.1:${port}` }
    await using service = new Service(world.settings(wrong))
    expect(await service.exit()).toBe(1)
    for (const socket of sockets) socket.destroy()
    server.close()
    expect(sockets.size).toBeGreaterThan(0)
    expect(service.said).toContain('DISCORD_TOKEN was refused')
    // This is what it says when it has waited to the end.
    expect(service.said).not.toContain('the model server does not answer yet')
  })

  it('names the database that it cannot use, leaves it as it is, and exits 1', async () => {
    const path = join(world.folder, 'letter.db')
    await writeFile(path, 'Dear database, I am a letter.'.repeat(50))
    await using service = new Service(world.settings({ DATABASE_PATH: path }))
    expect(await service.exit()).toBe(1)
    expect(service.said).toContain(path)
  })

  it('stops cleanly on SIGTERM, after the running answer has finished', async () => {
    await using service = new Service(world.settings())
    await service.says('Aeries is here')
    world.vllm.script({ tokens: ['Begun. ', 'And ', 'done.'], itlMs: 300 })
    world.discord.people.say('mira', 'dm', 'hello')
    await world.discord.watch.until('dm:mira', ({ content }) => content.startsWith('Begun'), patience())
    expect(service.said).toMatch(/"part":"sqlite".*"database opened"/)
    service.kill('SIGTERM')
    expect(await service.exit()).toBe(0)
    const said = world.discord.people.messages('dm:mira').map(({ content }) => content)
    expect(said.at(-1)).toMatch(/^Begun\. And done\.\n-# Aeries is an AI and learns /)
    expect((await readdir(world.folder)).filter(name => name.startsWith('aeries.db'))).toEqual([
      'aeries.db',
      'aeries.db.lock',
    ])
  })

  it('stops cleanly with its terminal, although more than one tells it to', async () => {
    await using service = new Service(world.settings())
    await service.says('Aeries is here')
    service.kill('SIGHUP')
    service.kill('SIGTERM')
    expect(await service.exit()).toBe(0)
    expect(service.said).toContain('stopping')
  })

  it('logs neither what people write nor a token, at any level', async () => {
    await using service = new Service(world.settings({ LOG_LEVEL: 'trace' }))
    await service.says('Aeries is here')
    world.discord.people.say('jonas', 'dm', 'my planted secret is xylophone')
    const isAnswer = ({ authorId }: { authorId: string }) => authorId === world.discord.botId
    await world.discord.watch.until('dm:jonas', isAnswer, patience())
    world.discord.faults.add({ kind: 'error', method: 'POST', status: 500, times: 1 })
    world.vllm.script({ http: { status: 400, body: { error: { message: 'xylophone', code: 400 } } } })
    world.discord.people.say('jonas', 'dm', 'and again: xylophone')
    await world.discord.watch.nextMessage('dm:jonas', isAnswer, patience())
    service.kill('SIGINT')
    expect(await service.exit()).toBe(0)
    expect(service.said).not.toContain('xylophone')
    expect(service.said).not.toContain(world.discord.token)
    expect(service.said).toContain('could not be asked')
  })

  it('tells neither words nor tokens of an error that nobody caught, and exits 1', async () => {
    const path = join(world.folder, 'crash.mjs')
    await writeFile(path, crash)
    await using service = new Service(world.settings({ NODE_OPTIONS: `--import=${path}` }))
    await service.says('Aeries is here')
    service.kill('SIGUSR2')
    expect(await service.exit()).toBe(1)
    const lines = service.said.trimEnd().split('\n')
    const last: unknown = JSON.parse(lines.at(-1) ?? '')
    const err = { type: 'DiscordAPIError', status: 400, code: 50_035, stack: [expect.stringContaining('crash.mjs')] }
    expect(last).toMatchObject({ level: 'error', msg: 'Aeries ends: an error that nobody caught', err })
    expect(service.said).not.toMatch(/xylophone|hunter2/)
  })
})

/** An error with all that one of discord.js carries, thrown from a timer. */
const crash = `
process.on('SIGUSR2', () => setTimeout(() => {
  const error = Object.assign(new Error('Invalid Form Body: xylophone'), {
    name: 'DiscordAPIError',
    status: 400,
    code: 50035,
    url: 'https://discord.com/api/v10/webhooks/1234567890/aW50ZXJhY3Rpb24hunter2',
    requestBody: { json: { content: 'xylophone' } },
  })
  error.stack = error.stack.split('\\n').slice(0, 2).join('\\n')
  throw error
}, 1))
`
