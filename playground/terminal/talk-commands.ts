import type { Command } from './command.ts'
import { Misuse } from './misuse.ts'

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
    does: 'go to dm, #general, #random, #crew, or thread: the newest one; /in slack dm and so on in Slack',
    run: ({ seat }, place) =>
      seat.goTo(demanded(place, 'Go where? /in dm, /in #general, /in thread; /in slack dm, /in slack #general.')),
  },
  {
    name: 'reply',
    takes: 'TEXT',
    does: "reply to Aeries' last message here (Discord)",
    run: ({ seat }, text) => seat.here.reply(demanded(text, 'Reply what? /reply TEXT')),
  },
  {
    name: 'thread',
    takes: 'NAME',
    does: "open a thread on Aeries' last message here, and go there (Discord)",
    run: ({ seat }, name) => seat.here.openThread(demanded(name, 'What is it called? /thread NAME')),
  },
  {
    name: 'react',
    takes: 'EMOJI',
    does: "react to Aeries' last message here; 👍 when left out",
    run: ({ seat }, emoji) => seat.here.react(emoji),
  },
  { name: 'unreact', does: 'take your reaction back', run: ({ seat }) => seat.here.unreact() },
  {
    name: 'edit',
    takes: 'TEXT',
    does: 'change your last message here',
    run: ({ seat }, text) => seat.here.edit(demanded(text, 'Change it to what? /edit TEXT')),
  },
  { name: 'delete', does: 'delete your last message here', run: ({ seat }) => seat.here.delete() },
]

function demanded(rest: string, missing: string): string {
  if (rest === '') throw new Misuse(missing)
  return rest
}
