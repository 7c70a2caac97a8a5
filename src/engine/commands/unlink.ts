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
  isExact: words => words.every(word => /^\d+$/.test(word)) && words.length <= 1,
  // The numbers may have moved up since.
  countsLate: words => words.length === 0,
  async run(context, [which, mark]) {
    const links = await context.store.links.of(context.person.id)
    const [only, another] = links
    if (only === undefined) return 'This account is linked with no other.'
    if (which === undefined) return another === undefined ? await end(context, only) : askWhich(links)
    // The numbers move up when a link ends: a button, tapped twice, means the one that it was shown for.
    const tapped = context.isTapped ? links.find(one => markOf(one) === mark) : undefined
    if (context.isTapped) return tapped === undefined ? 'That link has ended already.' : await end(context, tapped)
    const chosen = links[Number.parseInt(which, 10) - 1]
    return chosen === undefined ? askWhich(links) : await end(context, chosen)
  },
}

function askWhich(links: readonly Link[]): PrivateWords {
  const lines = links.map(({ other }, at) => `- **${at + 1}** · ${tellAccount(other)}`)
  return {
    text: `Which link shall end?\n${lines.join('\n')}`,
    buttons: links.map((link, at) => ({
      action: actionOf(`unlink ${at + 1} ${markOf(link)}`),
      label: `Unlink ${at + 1}`,
    })),
  }
}

/** Tells the links of one account apart: no two of them begin in the same millisecond. */
function markOf({ since }: Link): string {
  return since.getTime().toString(36)
}

async function end({ store, person, clock }: CommandContext, { other }: Link): Promise<string> {
  await store.links.unlink(person.id, other.person, clock.now())
  return `No longer linked with ${tellAccount(other)}. Each account has again just what came from it; nothing was copied.`
}
