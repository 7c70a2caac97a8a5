/** Somewhere to talk. People are numbers into the cast of their platform and workspace. */
export type Place = Readonly<{
  name: string
  platform: 'discord' | 'slack'
  /** Of Slack, which of the two workspaces. */
  team: 0 | 1
  kind: 'dm' | 'channel' | 'thread'
  people: readonly number[]
}>

/** How many people there are: in Discord, and in each of Slack's workspaces. */
export const cast = { discord: 22, slack: [12, 8] } as const

const discordChannels = 6
const discordThreads = 8
const slackChannels = [4, 3] as const

export function placesOf(): readonly Place[] {
  return [
    ...numbers(cast.discord).map(i => place('discord', 0, 'dm', i, [i])),
    ...numbers(discordChannels).map(i => place('discord', 0, 'channel', i, circle(i, cast.discord))),
    ...numbers(discordThreads).map(i => place('discord', 0, 'thread', i, circle(i + 3, cast.discord).slice(0, 3))),
    ...([0, 1] as const).flatMap(team => [
      ...numbers(cast.slack[team]).map(i => place('slack', team, 'dm', i, [i])),
      ...numbers(slackChannels[team]).map(i => place('slack', team, 'channel', i, circle(i, cast.slack[team]))),
    ]),
  ]
}

function place(
  platform: Place['platform'],
  team: 0 | 1,
  kind: Place['kind'],
  i: number,
  people: readonly number[],
): Place {
  return { name: `${platform} ${platform === 'slack' ? `${team} ` : ''}${kind} ${i}`, platform, team, kind, people }
}

/** Five neighbours of the cast. */
function circle(from: number, size: number): readonly number[] {
  return numbers(5).map(i => (from * 3 + i) % size)
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i)
}
