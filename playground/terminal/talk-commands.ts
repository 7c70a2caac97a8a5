import type { Command } from './command.ts'
import { Misuse } from './seat.ts'

/** What people do in a chat. */
export const talkCommands: readonly Command[] = [
  {
    name: 'as',
    takes: 'NAME',
    does: 'speak as mira, jonas or wren',
    run: ({ seat }, name) => seat.sitAs(demanded(name, 'Speak as whom? /as mira, /as jonas or /as wren.')),
  },
  {
    name: 'in',
    takes: 'PLACE',
    does: 'go to dm, #general, #random, #crew, or thread: the newest one',
    run: ({ seat }, place) => seat.goTo(demanded(place, 'Go where? /in dm, /in #general, /in thread.')),
  },
  {
    name: 'reply',
    takes: 'TEXT',
    does: "reply to Aeries' last message here",
    run: ({ seat }, text) => void seat.say(demanded(text, 'Reply what? /reply TEXT'), seat.answer()),
  },
  {
    name: 'thread',
    takes: 'NAME',
    does: "open a thread on Aeries' last message here, and go there",
    run: ({ stage, seat }, name) => {
      if (seat.place.guildId === undefined)
        throw new Misuse('A DM has no threads: go to a channel first, /in #general.')
      if (seat.place.thread) throw new Misuse('A thread has no threads of its own: /in #general first.')
      const root = stage.discord.world.messages
        .inChannel(seat.place.id)
        .findLast(one => one.authorId === stage.discord.botId)
      const plan = { name: demanded(name, 'What is it called? /thread NAME'), by: seat.person.id, message: root?.id }
      seat.goTo(stage.discord.places.createThread(seat.place.id, plan).id)
    },
  },
  {
    name: 'react',
    takes: 'EMOJI',
    does: "react to Aeries' last message here; 👍 when left out",
    run: ({ stage, seat }, emoji) => stage.discord.people.react(seat.person.id, seat.answer().id, emoji || '👍'),
  },
  {
    name: 'unreact',
    does: 'take your reaction back',
    run: ({ stage, seat }) => {
      const { id, reactions } = seat.answer()
      const own = reactions.findLast(({ personIds }) => personIds.includes(seat.person.id))
      if (!own) throw new Misuse(`${seat.person.displayName} has not reacted to Aeries' last message here.`)
      stage.discord.people.unreact(seat.person.id, id, own.emoji.name)
    },
  },
  {
    name: 'edit',
    takes: 'TEXT',
    does: 'change your last message here',
    run: ({ stage, seat }, text) => {
      stage.discord.people.edit(seat.person.id, seat.ownMessage().id, demanded(text, 'Change it to what? /edit TEXT'))
    },
  },
  {
    name: 'delete',
    does: 'delete your last message here',
    run: ({ stage, seat }) => stage.discord.people.delete(seat.person.id, seat.ownMessage().id),
  },
]

function demanded(rest: string, missing: string): string {
  if (rest === '') throw new Misuse(missing)
  return rest
}
