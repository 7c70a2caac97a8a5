import { describe, expect, it } from 'vitest'
import { createSlackAdapter } from '#adapters/slack/slack-adapter.ts'
import { botScopes } from '#adapters/slack/subscriptions.ts'
import { nativeMessageId } from '#src/core/ids.ts'
import { CollectingInbox } from '#test/support/collecting-inbox.ts'
import { anInstallableHouse, install, teamNamed } from './installable-house.ts'
import { never } from './slack-house.ts'
import { aWrite, grow } from './writing.ts'

describe('installing by OAuth', () => {
  it('leads from the page to a workspace that is answered, without a restart', async () => {
    await using house = await anInstallableHouse()
    const page = await fetch(`${house.url}/slack/install`, { redirect: 'manual' })
    const consent = new URL(page.headers.get('location') ?? '')
    expect(consent.searchParams.get('scope')?.split(',')).toEqual(botScopes)
    expect((await install(house)).status).toBe(200)
    const lighthouse = teamNamed(house.server, 'Lighthouse')
    house.server.people.say('otto', 'dm', 'hello')
    const { place, surface } = await house.inbox.next('message')
    expect(place.workspace).toBe(lighthouse.id)
    await grow(surface, ['Hello to you.'])
    const used = house.server.log.filter(({ method }) => method === 'chat.postMessage')
    expect(used.map(({ tokenTeamId }) => tokenTeamId)).toEqual([lighthouse.id])
  })

  it('refuses a state that it did not give out', async () => {
    await using house = await anInstallableHouse()
    const forged = await fetch(`${house.url}/slack/oauth_redirect?code=x&state=forged`)
    expect(forged.ok).toBe(false)
    expect(await house.installations.all('slack')).toHaveLength(1)
  })
})

describe('several workspaces', () => {
  it('are answered each with its own token, and no token goes out with another’s call', async () => {
    await using house = await anInstallableHouse()
    await install(house)
    const answers = []
    for (let at = 0; at < 3; at += 1) {
      for (const person of ['otto', 'mira', 'jonas']) {
        house.server.people.say(person, `dm:${person}`, `question ${at}`)
        const { surface, place } = await house.inbox.next('message')
        answers.push(grow(surface, ['Once'], `${person}-${at}:0`))
        expect(place.workspace).toBe(person === 'otto' ? teamNamed(house.server, 'Lighthouse').id : house.harbour.team)
      }
    }
    await Promise.all(answers)
    expect(house.server.leaks).toEqual([])
    const mine = house.server.log.filter(({ method }) => method.startsWith('chat.') || method === 'users.info')
    expect(mine.every(({ teamId, tokenTeamId }) => teamId === tokenTeamId)).toBe(true)
  })

  it('share a channel: the one that is called answers, whoever Slack tells of it', async () => {
    await using house = await anInstallableHouse()
    await install(house)
    const { scene, people } = house.server
    const lighthouse = teamNamed(house.server, 'Lighthouse')
    const bot = lighthouse.installation?.botUserId ?? ''
    scene.invite('#port-authority', bot)
    const call = people.say('otto', '#port-authority', `<@${bot}> hello`, { raw: true })
    const { place, surface, person } = await house.inbox.next('message')
    expect(place).toMatchObject({ workspace: lighthouse.id, thread: call.ts, audience: 'external' })
    expect(person.external).toBe(false)
    const message = await grow(surface, ['Hello to you.'])
    people.say('mira', '#port-authority', 'and to me?', { thread: call.ts })
    const follow = await house.inbox.next('message')
    expect(follow).toMatchObject({ place: { workspace: lighthouse.id }, message: { addressed: true } })
    expect(follow.person.external).toBe(true)
    people.react('mira', '#port-authority', nativeMessageId(message), 'wave')
    expect(await house.inbox.next('reaction')).toMatchObject({ message, place: { workspace: lighthouse.id } })
    people.say('mira', '#port-authority', `<@${house.harbour.botUser}> hello`, { raw: true })
    expect((await house.inbox.next('message')).place.workspace).toBe(house.harbour.team)
    await house.server.deliveries.idle()
    expect(house.inbox.events).toHaveLength(4)
    expect(house.server.leaks).toEqual([])
    const posts = house.server.log.filter(({ method }) => method === 'chat.postMessage')
    expect(posts.map(({ tokenTeamId }) => tokenTeamId)).toEqual([lighthouse.id])
  })

  it.each(['uninstall', 'revoke'] as const)(
    'go on when one of them takes its token back (%s), which is told once',
    async way => {
      await using house = await anInstallableHouse()
      await install(house)
      house.server.people.say('otto', 'dm', 'hello')
      const { surface } = await house.inbox.next('message')
      house.server.scene[way]('Lighthouse')
      expect(await house.inbox.next('gone')).toMatchObject({ workspace: teamNamed(house.server, 'Lighthouse').id })
      await house.server.deliveries.idle()
      expect((await house.installations.all('slack')).map(({ workspace }) => workspace)).toEqual([house.harbour.team])
      expect((await surface.write(aWrite(), never)).outcome).toBe('gone')
      house.server.people.say('mira', 'dm', 'hello')
      await grow((await house.inbox.next('message')).surface, ['Hello to you.'])
      expect(house.adapter.health()).toEqual({ state: 'connected' })
      const errors = house.log.lines.filter(({ level }) => level === 'error')
      expect(errors.map(({ fields }) => fields['team'])).toEqual([teamNamed(house.server, 'Lighthouse').id])
      expect(String(errors[0]?.fields['cure'])).toMatch(/install the app there again/)
    },
  )

  it('come back by a new installation, with answers under way', async () => {
    await using house = await anInstallableHouse()
    await install(house)
    house.server.people.say('otto', 'dm', 'hello')
    const { surface } = await house.inbox.next('message')
    const lighthouse = teamNamed(house.server, 'Lighthouse')
    house.server.faults.add({ kind: 'refuse', error: 'token_expired', method: 'chat.postMessage', times: 1 })
    expect((await surface.write(aWrite(), never)).outcome).toBe('gone')
    await install(house, lighthouse.id)
    house.server.people.say('otto', 'dm', 'are you back?')
    const again = await house.inbox.next('message')
    await grow(again.surface, ['I am.'], 'again:0')
    await grow(surface, ['And this was for you.'], 'late:0')
    expect(house.server.leaks).toEqual([])
  })

  it('are known again after a restart, so that answers find their way', async () => {
    await using house = await anInstallableHouse()
    house.server.people.say('mira', 'dm', 'hello')
    const { place, message } = await house.inbox.next('message')
    await house.adapter[Symbol.asyncDispose]()
    await using fresh = createSlackAdapter(house.parts)
    await fresh.start(new CollectingInbox(), never)
    expect((await fresh.surface(place, message.id).write(aWrite(), never)).outcome).toBe('written')
    const elsewhere = fresh.surface({ ...place, workspace: 'T0NOWHERE' }, message.id)
    expect((await elsewhere.write(aWrite(), never)).outcome).toBe('gone')
  })

  it('take no events at the door beside the socket, whatever they are signed with', async () => {
    await using house = await anInstallableHouse()
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c' })
    const response = await fetch(`${house.url}/slack/events`, { method: 'POST', body })
    expect(response.status).toBe(401)
  })

  it('are not mixed up with one that nobody installed', async () => {
    await using house = await anInstallableHouse()
    await house.installations.remove('slack', house.harbour.team)
    await house.adapter[Symbol.asyncDispose]()
    await using fresh = createSlackAdapter(house.parts)
    const inbox = new CollectingInbox()
    await fresh.start(inbox, never)
    house.server.people.say('mira', 'dm', 'hello')
    expect((await house.server.watch.delivered('message.im')).state).toBe('acknowledged')
    expect(inbox.events).toEqual([])
    const [warning] = house.log.lines.filter(({ event }) => event === 'slack told of a workspace without Aeries')
    expect(warning?.fields['team']).toBe(house.harbour.team)
  })
})
