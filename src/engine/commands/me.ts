import type { Button } from '#src/core/surface.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { actionOf } from './call.ts'
import type { Command, CommandContext } from './command.ts'
import { learningState } from './learning-state.ts'
import { tellLent } from './lent-notes.ts'
import { type Note, notesOf, usedWhere } from './notes.ts'
import { tellDate } from './tell-date.ts'

/** So many fit one message with a button each. */
const perPage = 8

export const me: Command = {
  verb: 'me',
  description: 'What I know about you, and where it is from.',
  usage: 'me [page]',
  options: [{ name: 'page', description: 'Which page of it.' }],
  takes: isPage,
  isExact: words => words.length === 0 || isPage(words),
  async run(context, [wanted = '1']) {
    const notes = await notesOf(context, context.person.id)
    const state = await learningState(context)
    const lent = (await Promise.all([tellLent(context), tellDefaults(context)])).filter(part => part !== '')
    if (notes.length === 0) {
      const text = [`I know nothing about you yet. ${state}`, ...lent].join('\n\n')
      return { text, buttons: [exportButton] }
    }
    const pages = Math.ceil(notes.length / perPage)
    const page = Math.min(Math.max(1, Number.parseInt(wanted, 10) || 1), pages)
    const shown = notes.slice((page - 1) * perPage, page * perPage)
    const lines = await Promise.all(shown.map(note => lineOf(context, note)))
    return {
      text: [
        `**What I know about you**${pages > 1 ? ` (page ${page} of ${pages})` : ''}: notes that I read before I answer you. Nobody else can see them.`,
        lines.join('\n'),
        ...(page < pages ? [] : lent),
        `${state} A note that is wrong: \`/aeries correct NUMBER …\`. One that should go: \`/aeries forget NUMBER\`.`,
      ].join('\n\n'),
      buttons: [
        ...shown.map(
          ({ id }): Button => ({ action: actionOf(`forget ${id}`), label: `Forget ${id.replaceAll('_', ' ')}` }),
        ),
        ...(page < pages ? [{ action: actionOf(`me ${page + 1}`), label: 'More' }] : []),
        exportButton,
        { action: actionOf('forget all'), label: 'Forget all' },
      ],
    }
  },
}

const exportButton: Button = { action: actionOf('export'), label: 'Give me all as a file' }

/** What no note says and answers start from all the same; nothing where they are not learnt from. */
async function tellDefaults({ learning, person, place, clock }: CommandContext): Promise<string> {
  if (!learning?.notebook || !(await learning.consent.allows(person.id, place))) return ''
  const words = await learning.notebook.lentTo(person.id, workspaceOf(place), clock.now())
  if (words.length === 0) return ''
  return `Default, not learnt from you: ${words.join(', ')}. That is how people here like it; what you say goes first.`
}

async function lineOf({ link, place, timeZone }: CommandContext, note: Note): Promise<string> {
  const where = `used ${usedWhere(note, workspaceOf(place))}`
  if (note.trait === undefined)
    return `- **${note.id}** · ${note.text} (noticed from how you write and react; ${where})`
  const [first] = note.evidence
  const address = first?.place === undefined ? undefined : await link(first.message)
  const from = address === undefined ? '' : `, from [this message](${address})`
  const since = note.since === undefined ? '' : `since ${tellDate(note.since, timeZone)}`
  return `- **${note.id}** · ${note.text} (${since}${from}; ${where})`
}

function isPage([page = '', ...more]: readonly string[]): boolean {
  return more.length === 0 && /^\d+$/.test(page)
}
