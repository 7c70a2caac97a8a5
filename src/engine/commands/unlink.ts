import type { PrivateWords } from '#src/core/event.ts'
import type { Link } from '#src/core/links.ts'
import { actionOf } from './call.ts'
import type { Command, CommandContext } from './command.ts'
import { tellAccount } from './tell-account.ts'

export const unlink: Command = {
  verb: 'unlink',
  description: 'Let two linked accounts of yours be two again.',
  usage: 'unlink [NUMBER]',
  options: [{ name: 'which', description: 'Which one, where you have several.' }],
  async run(context, [which]) {
    const links = await context.store.links.of(context.person.id)
    const [only, another] = links
    if (only === undefined) return 'This account is linked with no other.'
    if (which === undefined) return another === undefined ? await end(context, only) : askWhich(links)
    const chosen = links[Number.parseInt(which, 10) - 1]
    return chosen === undefined ? askWhich(links) : await end(context, chosen)
  },
}

function askWhich(links: readonly Link[]): PrivateWords {
  const lines = links.map(({ other }, at) => `- **${at + 1}** · ${tellAccount(other)}`)
  return {
    text: `Which link shall end?\n${lines.join('\n')}`,
    buttons: links.map((_, at) => ({ action: actionOf(`unlink ${at + 1}`), label: `Unlink ${at + 1}` })),
  }
}

async function end({ store, person, clock }: CommandContext, { other }: Link): Promise<string> {
  await store.links.unlink(person.id, other.person, clock.now())
  return `No longer linked with ${tellAccount(other)}. Each account has again just what came from it; nothing was copied.`
}
