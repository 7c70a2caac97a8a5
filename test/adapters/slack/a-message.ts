import type { Scene } from '#adapters/slack/scene.ts'
import { timeOf } from '#adapters/slack/timestamp.ts'
import { postedSchema, type SlackMessage } from '#adapters/slack/wire.ts'

type Posted = SlackMessage & Readonly<{ channel: string; channel_type?: string | null | undefined; external: boolean }>

/** Harbour as it is known: Mira and Otto, who is from elsewhere; #garden, the private #crew, and #port, which is shared. */
export function aScene(sketch: Partial<Scene> = {}): Scene {
  const people = {
    UMIRA: { name: 'Mira', external: false, bot: false, team: 'T1' },
    UOTTO: { name: 'Otto', external: true, bot: false, team: 'T2' },
    UROBOT: { name: 'Robot', external: false, bot: true, team: 'T1' },
  } as const
  const channels = {
    CGARDEN: { kind: 'public', name: 'garden', external: false },
    CCREW: { kind: 'private', name: 'crew', external: false },
    CPORT: { kind: 'public', name: 'port', external: true },
  } as const
  return {
    team: 'T1',
    self: 'UAERIES',
    botId: 'BAERIES',
    person: user => people[user as keyof typeof people],
    channel: id => channels[id as keyof typeof channels],
    isIn: () => false,
    momentOf: (_, ts) => timeOf(ts),
    dmStyle: () => 'flat',
    ...sketch,
  }
}

/** Something that Mira said in #garden. */
export function aMessage(sketch: Readonly<Record<string, unknown>> = {}): Posted {
  const { external = false, ...fields } = sketch
  const usual = { user: 'UMIRA', text: 'hello', ts: '1700000000.000100', channel: 'CGARDEN', channel_type: 'channel' }
  return { ...postedSchema.parse({ ...usual, ...fields }), external: external === true }
}
