import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { methodScopes } from '#adapters/slack/methods.ts'
import { featureScopes, subscriptions } from '#adapters/slack/subscriptions.ts'
import { tellManifest } from '#src/commands/manifest/tell-manifest.ts'
import { messageCommands } from '#src/core/command.ts'
import { ConfigError } from '#src/core/errors.ts'
import { messageId } from '#src/core/ids.ts'
import { aHouse, never } from '#test/adapters/slack/slack-house.ts'
import { aWrite, grow, heard } from '#test/adapters/slack/writing.ts'

type Manifest = Readonly<{
  features: Readonly<{
    agent_view: Readonly<{ agent_description: string; suggested_prompts: readonly unknown[] }>
    shortcuts: readonly Readonly<{ name: string; callback_id: string; description: string }>[]
    slash_commands: readonly Readonly<{ command: string; url?: string }>[]
  }>
  oauth_config: Readonly<{ scopes: Readonly<{ bot: readonly string[] }>; redirect_urls?: readonly string[] }>
  settings: Readonly<{
    event_subscriptions: Readonly<{ bot_events: readonly string[]; request_url?: string }>
    socket_mode_enabled: boolean
  }>
}>

describe('npm run manifest -- slack', () => {
  it('asks for exactly the events that the adapter listens to, and the scopes of what it calls', async () => {
    const { oauth_config: oauth, settings, features } = JSON.parse(await run('slack')) as Manifest
    expect(settings.event_subscriptions.bot_events.toSorted()).toEqual(Object.keys(subscriptions).toSorted())
    const scopes = [...Object.values(methodScopes), ...Object.values(subscriptions), featureScopes].flat()
    expect(new Set(oauth.scopes.bot)).toEqual(new Set(scopes))
    expect(settings.socket_mode_enabled).toBe(true)
    expect(features.slash_commands.map(({ command }) => command)).toEqual(['/aeries'])
    expect(features.shortcuts.map(({ callback_id, name }) => [callback_id, name])).toEqual(
      Object.entries(messageCommands),
    )
    expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300)
    expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4)
  })

  it('lists no method that the adapter does not call', () => {
    const files = globSync('adapters/slack/*.ts').filter(file => !file.endsWith('/methods.ts'))
    const sources = files.map(file => readFileSync(file, 'utf8')).join('\n')
    expect(Object.keys(methodScopes).filter(method => !sources.includes(`'${method}'`))).toEqual([])
  })

  it('is enough for a whole talk with all that belongs to it, and nothing that is called is refused', async () => {
    const { oauth_config: oauth, settings, features } = JSON.parse(await run('slack')) as Manifest
    const app = { scopes: oauth.scopes.bot, subscriptions: settings.event_subscriptions.bot_events }
    await using house = await aHouse({ app })
    await house.adapter.start(house.inbox, never)
    const { people, interactions } = house.server
    people.say('jonas', 'dm', 'hello from a classic DM')
    await house.inbox.next('message')
    people.openApp('mira')
    await house.server.deliveries.idle()
    for (const place of ['dm', '#general', '#crew', 'dm:mira,jonas']) {
      const { surface, person } = await heard(house, place, '@Aeries hello')
      expect(person.name).toBe('Mira')
      await surface.typing(never)
      const message = await grow(surface, ['Hello', 'Hello to', 'Hello to you.'], `${place}:0`)
      const ts = message.slice(message.lastIndexOf('/') + 1)
      people.react('mira', place, ts, '+1')
      await house.inbox.next('reaction')
      await interactions.click('mira', place, ts, 'good')
      const file = { name: 'yours.json', content: '{}' }
      const words = { text: 'Noted.', buttons: [{ action: 'more', label: 'More' }], file }
      await (await house.inbox.next('control')).respond(words, never)
      expect(await surface.find(aWrite({ key: 'another' }), never)).toBeUndefined()
      expect((await surface.attach({ name: 'a.md', content: 'a' }, `${place}:rest`, never)).outcome).toBe('written')
      expect((await surface.remove(message, never)).outcome).toBe('written')
    }
    await interactions.command('mira', '#general', '/aeries', 'me 2')
    const command = await house.inbox.next('control')
    expect(command.control).toEqual({ type: 'command', verb: 'me', words: '2' })
    await command.respond('Nothing.', never)
    const about = people.say('jonas', '#general', 'The ferry leaves at noon.')
    for (const { callback_id } of features.shortcuts)
      await interactions.shortcut('mira', '#general', about.ts, callback_id)
    expect((await house.inbox.next('control')).control).toMatchObject({ type: 'command', verb: 'why' })
    await expect.poll(() => house.server.log.some(({ method }) => method === 'views.open')).toBe(true)
    people.openApp('mira', 'home')
    const home = await house.inbox.next('control')
    await home.respond({ text: 'Nothing **yet**.', buttons: [{ action: 'do:me', label: 'Look' }] }, never)
    expect(
      await house.adapter.link(messageId('slack', house.harbour.team, house.harbour.general, about.ts), never),
    ).toMatch(/^http/)
    people.say('jonas', '#general', 'and you?', { thread: people.say('wren', '#general', 'well').ts })
    await house.server.deliveries.idle()
    for await (const told of house.adapter.missed({ since: new Date(), places: [] }, never)) {
      if (told.type === 'message') expect(told.message.addressed).toBe(true)
    }
    house.server.scene.remove('#random', 'bot')
    await house.inbox.next('gone')
    expect(house.server.unknownCalls).toEqual([])
    expect(
      house.server.log.filter(({ error }) => error !== undefined).map(({ method, error }) => [method, error]),
    ).toEqual([])
    const called = new Set(house.server.log.map(({ method }) => method))
    expect(Object.keys(methodScopes).filter(method => !called.has(method))).toEqual([])
    expect(house.log.lines.filter(({ level }) => level !== 'info')).toEqual([])
  })

  it('leads events and installations to an address, when there is one', async () => {
    const { oauth_config: oauth, settings } = JSON.parse(
      await run('slack', '--url', 'https://aeries.example'),
    ) as Manifest
    expect(settings.socket_mode_enabled).toBe(false)
    expect(settings.event_subscriptions.request_url).toBe('https://aeries.example/slack/events')
    expect(oauth.redirect_urls).toEqual(['https://aeries.example/slack/oauth_redirect'])
    const below = JSON.parse(await run('slack', '--url', 'https://a.example/aeries/')) as Manifest
    expect(below.settings.event_subscriptions.request_url).toBe('https://a.example/aeries/slack/events')
  })
})

describe('npm run manifest -- discord', () => {
  it('prints the link that invites the bot, with the id that its token tells', async () => {
    const token = `${Buffer.from('112233445566778899').toString('base64')}.x.y`
    const said = await run('discord', { DISCORD_TOKEN: token })
    expect(said).toContain('client_id=112233445566778899&scope=bot+applications.commands&permissions=274878008320')
    expect(said).toContain('Message Content Intent')
    expect(said).not.toContain(token)
    const folder = mkdtempSync(join(tmpdir(), 'aeries-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'token'), `${token}\n`)
    expect(await run('discord', { DISCORD_TOKEN_FILE: join(folder, 'token') })).toBe(said)
  })

  it('says what to do about the id without one', async () => {
    expect(await run('discord')).toMatch(/copy the Application ID into the link[\s\S]*client_id=APPLICATION_ID/)
  })
})

describe('npm run manifest', () => {
  it('says how it is used when it is asked for nothing', async () => {
    await expect(run()).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^Which platform\?/) })
  })

  it.each([
    [['slack', '--url'], /^Option '--url <value>' argument missing\. Which platform\?/],
    [['slack', '--ulr', 'https://aeries.example'], /^Unknown option '--ulr'\. Which platform\?/],
    [['slack', 'discord'], /^Which platform\?/],
    [['slack', '--url', 'aeries.example'], /^--url: "aeries\.example" will not do: .*https:\/\/.*Leave it out/],
    [['slack', '--url', 'http://aeries.example'], /^--url: .*will not do/],
    [['slack', '--url', 'https://me:secret@aeries.example'], /^--url: "https:\/\/…@aeries\.example" will not do/],
    [['slack', '--url', 'https://aeries.example/?a'], /^--url: .*will not do/],
    [['discord', '--url', 'https://aeries.example'], /^--url is for Slack/],
  ])('says what is wrong with %j, and no more', (args, words) => {
    const telling = () => tellManifest(args)
    expect(telling).toThrow(ConfigError)
    expect(telling).toThrow(words)
  })
})

type Environment = Readonly<Record<string, string>>

async function run(...args: readonly (string | Environment)[]): Promise<string> {
  const words = args.filter(arg => typeof arg === 'string')
  const env = Object.assign({ PATH: process.env['PATH'] }, ...args.filter(arg => typeof arg !== 'string'))
  const { stdout } = await promisify(execFile)(process.execPath, ['src/commands/manifest.ts', ...words], { env })
  return stdout
}
