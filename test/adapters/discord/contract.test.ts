import { nativeMessageId } from '#src/core/ids.ts'
import { type AdapterHarness, adapterContract, type Room } from '#test/support/adapter-contract.ts'
import { anOpenHouse } from './discord-house.ts'

const places = { dm: 'dm:mira', channel: '#general' } as const satisfies Record<Room, string>

async function open(): Promise<AdapterHarness> {
  const house = await anOpenHouse()
  const { people, botId } = house.server
  let last = ''
  return {
    adapter: house.adapter,
    inbox: house.inbox,
    personName: 'Mira',
    say: (room, to, text) => {
      last = people.say('mira', places[room], room === 'channel' && to === 'aeries' ? `@Aeries ${text}` : text).id
    },
    repeat: () => people.redeliver(last),
    shown: room => {
      const said = people.messages(places[room]).filter(message => message.authorId === botId)
      return said.map(message => message.content)
    },
    takeAway: message => people.delete('mira', nativeMessageId(message)),
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
}

adapterContract('discord', open)
