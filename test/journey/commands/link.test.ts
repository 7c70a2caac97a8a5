import { describe, expect, it } from 'vitest'
import { discordDesk } from './discord-desk.ts'
import { slackDesk } from './slack-desk.ts'
import { Visit } from './visit.ts'

/** One Aeries before both platforms, with somebody called Mira on either. */
async function openBoth() {
  await using parts = new AsyncDisposableStack()
  const [discord, slack] = [parts.use(await discordDesk.open()), parts.use(await slackDesk.open())]
  const house = await discord.house({ learning: { mode: 'on' }, alsoAt: [slack.world.fronts[0]] })
  const opened = parts.move()
  return {
    onDiscord: new Visit(discordDesk, discord, house),
    onSlack: new Visit(slackDesk, slack, house),
    house,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

describe('an account on Discord and one on Slack', () => {
  it('become one person by a code and a yes from both, share style alone, and are two again by unlink', async () => {
    await using here = await openBoth()
    const { onDiscord, onSlack, house } = here
    await onDiscord.say('mira', 'dm', 'Please keep your answers short. I love turquoise kites.')
    await onDiscord.known(2)
    await onSlack.say('mira', 'channel', '@Aeries hello')
    expect(onDiscord.lastPrompt()).not.toMatch(/short|turquoise/)

    const issued = await onDiscord.ask('mira', 'channel', 'link')
    const code = /[A-Z]{4}-[A-Z]{4}-[A-Z]{4}/.exec(issued.text)?.[0] ?? ''
    const asked = await onSlack.ask('mira', 'channel', 'link', code)
    expect(asked.text).toMatch(/Mira.* on Discord you, too/)
    const onTheOther = () => onDiscord.told('mira', 'channel').at(-1)
    await expect.poll(() => onTheOther()?.text).toMatch(/Mira.* on Slack you, too/i)
    expect((await onSlack.press('mira', 'channel', asked, 'Yes, that is me')).text).toContain('I wait for the yes')
    const question = onTheOther()
    if (question === undefined) throw new Error('nobody asked')
    expect((await onDiscord.press('mira', 'channel', question, 'Yes, that is me')).text).toContain('Linked with')
    await expect.poll(() => onSlack.told('mira', 'channel').at(-1)?.text).toContain('Linked with')

    await onSlack.say('mira', 'channel', '@Aeries hello again')
    expect(onDiscord.lastPrompt()).toMatch(/short/)
    expect(onDiscord.lastPrompt()).not.toMatch(/turquoise/)
    expect((await onSlack.ask('mira', 'channel', 'me')).text).toMatch(/From Mira.* on Discord/)
    for (const visit of [onDiscord, onSlack]) expect(visit.told('jonas', 'channel')).toEqual([])

    expect((await onSlack.ask('mira', 'channel', 'unlink')).text).toContain('No longer linked')
    await onSlack.say('mira', 'channel', '@Aeries hello once more')
    expect(onDiscord.lastPrompt()).not.toMatch(/Notes on the person/)
    expect(house.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})
