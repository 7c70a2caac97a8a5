import { nativeMessageId } from '#src/core/ids.ts'
import { type AdapterHarness, adapterContract, type Room } from '#test/support/adapter-contract.ts'
import { anOpenHouse } from './slack-house.ts'

const places = { dm: 'dm:mira', channel: '#general' } as const satisfies Record<Room, string>

async function open(): Promise<AdapterHarness> {
  const house = await anOpenHouse()
  const { people, deliveries, scene } = house.server
  let last = ''
  return {
    adapter: house.adapter,
    inbox: house.inbox,
    personName: 'Mira',
    say: (room, to, text) => {
      last = people.say('mira', places[room], room === 'channel' && to === 'aeries' ? `@Aeries ${text}` : text).ts
    },
    repeat: async () => {
      await deliveries.idle()
      const told = deliveries.all().find(one => JSON.stringify(one.payload).includes(`"ts":"${last}"`))
      if (told) await deliveries.repeat(told)
    },
    shown: room => {
      const said = people.messages(places[room]).filter(message => message.botId !== undefined)
      return said.map(message => message.versions.at(-1)?.shown ?? '')
    },
    takeAway: message => {
      scene.invite(places.channel, 'admin')
      people.delete('admin', places.channel, nativeMessageId(message))
    },
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
}

adapterContract('slack', open)
