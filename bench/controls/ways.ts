import type { Stage } from './stage.ts'

/** One way in which somebody stops an answer, in a place of its own. */
export type Way = Readonly<{
  name: string
  /** Asks there. Gives what the question is known by. */
  ask(words: string): string
  /** When what people see of the answers there changed, each as ms since 1970; the newest answer, once it has words. */
  newest(): Readonly<{ id: string; changes: readonly number[] }> | undefined
  stop(question: string, answer: string): void
}>

export function waysOf(stage: Stage): readonly Way[] {
  return [
    discordWay(stage, 'Discord channel, 🛑', 'channel', (at, answer) =>
      stage.discord.people.react(at.person, answer, '🛑'),
    ),
    discordWay(
      stage,
      'Discord channel, "stop"',
      'channel',
      at => void stage.discord.people.say(at.person, at.place, '@Aeries stop'),
    ),
    discordWay(
      stage,
      'Discord DM, 🛑 button',
      'dm',
      (at, answer) => void stage.discord.people.click(at.person, answer, '🛑 Stop'),
    ),
    discordWay(stage, 'Discord DM, "stop"', 'dm', at => void stage.discord.people.say(at.person, at.place, 'stop')),
    slackWay(stage, 'Slack channel, 🛑', 'channel', (at, _, answer) =>
      stage.slack.people.react(at.person, at.place, answer, 'octagonal_sign'),
    ),
    slackWay(
      stage,
      'Slack channel, "stop"',
      'channel',
      (at, question) => void stage.slack.people.say(at.person, at.place, 'stop', { thread: question }),
    ),
    slackWay(stage, 'Slack agent view, its stop button', 'dm', (at, question) =>
      stage.slack.people.stop(at.person, at.place, question),
    ),
    slackWay(stage, 'Slack agent view, 🛑', 'dm', (at, _, answer) =>
      stage.slack.people.react(at.person, at.place, answer, 'octagonal_sign'),
    ),
  ]
}

type At = Readonly<{ person: string; place: string }>
type Kind = 'channel' | 'dm'

let count = 0

function discordWay({ discord }: Stage, name: string, kind: Kind, stop: (at: At, answer: string) => void): Way {
  const { people, places, scene, botId } = discord
  const person = scene.createPerson({ name: `asker${++count}` }).id
  scene.setRoles(person, [])
  const place = kind === 'dm' ? `dm:${person}` : places.createChannel({ name: `place${count}` }).id
  const at = { person, place }
  return {
    name,
    ask: words => people.say(person, place, kind === 'dm' ? words : `@Aeries ${words}`).id,
    newest() {
      const own = people
        .messages(place)
        .filter(({ authorId, content }) => authorId === botId && content.includes('word'))
      const last = own.at(-1)
      return last && { id: last.id, changes: last.versions.map(version => version.at) }
    },
    stop: (_, answer) => stop(at, answer),
  }
}

function slackWay(
  { slack }: Stage,
  name: string,
  kind: Kind,
  stop: (at: At, question: string, answer: string) => void,
): Way {
  const { people, scene } = slack
  const person = scene.createPerson({ name: `asker${++count}` }).id
  if (kind === 'dm') people.openApp(person)
  else scene.createChannel({ name: `place${count}`, members: [person, 'bot'] })
  const place = kind === 'dm' ? `dm:${person}` : `#place${count}`
  const at = { person, place }
  return {
    name,
    ask: words => people.say(person, place, kind === 'dm' ? words : `@Aeries ${words}`).ts,
    newest() {
      const own = people.messages(place, person).filter(({ botId }) => botId !== undefined)
      const last = own.findLast(({ versions }) => versions.at(-1)?.shown.includes('word'))
      return last && { id: last.ts, changes: last.versions.map(version => version.at) }
    },
    stop: (question, answer) => stop(at, question, answer),
  }
}
