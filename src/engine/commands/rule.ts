import type { Rule, Subject } from '#src/core/access.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { type Command, type CommandContext, howToWrite } from './command.ts'
import { subjectIn } from './subject-in.ts'

type Said = Pick<CommandContext, 'place' | 'person'>

const whom = {
  name: 'whom',
  description: 'A person, role or channel, or here, strangers, everyone, everywhere. Nothing: what is ruled.',
} as const

export const allow: Command = {
  verb: 'allow',
  description: 'Whom I talk with, and where: people, roles, channels.',
  usage: 'allow [WHOM [default]]',
  options: [whom, { name: 'default', description: 'Takes a rule back.', choices: ['default'] }],
  isForAdmins: true,
  isExact,
  sets: ruledBy,
  run: (context, words) => rule(context, words, 'allow', allow),
}

export const deny: Command = {
  verb: 'deny',
  description: 'Whom I do not talk with, and where not.',
  usage: 'deny [WHOM [default]]',
  options: [whom, { name: 'default', description: 'Takes a rule back.', choices: ['default'] }],
  isForAdmins: true,
  isExact,
  sets: ruledBy,
  run: (context, words) => rule(context, words, 'deny', deny),
}

/** Whom it names by a word of ours or by an id in full: "allow me to explain" does not. */
function isExact([who, isDefault, ...more]: readonly string[]): boolean {
  if (more.length > 0 || (isDefault !== undefined && isDefault.toLowerCase() !== 'default')) return false
  return who === undefined || /^(?:here|strangers|everyone|everywhere|[a-z]+:\S+:\S+)$/i.test(who)
}

/** What was ruled newest of a subject stands, by whichever of the two verbs. */
function ruledBy(words: readonly string[], { place, person }: Said): string | undefined {
  const subject = subjectOf(words, { place, person })
  return subject && `rule ${workspaceOf(place)} ${subject}`
}

/** `undefined`: there is none, or the words are wrong. */
function subjectOf([word, isDefault]: readonly string[], { place, person }: Said): Subject | undefined {
  if (word === undefined || (isDefault !== undefined && isDefault.toLowerCase() !== 'default')) return undefined
  return subjectIn(word, { place, asker: person.id })
}

async function rule(
  context: CommandContext,
  words: readonly string[],
  says: Rule['says'],
  command: Command,
): Promise<string> {
  const { store, place, person, clock } = context
  const workspace = workspaceOf(place)
  const [word, isDefault] = words
  if (word === undefined) return tell(await store.accessRules.of(workspace))
  const subject = subjectOf(words, { place, person })
  if (subject === undefined) {
    return `${howToWrite(command)} ${/^[@#]/.test(word) ? 'Of a message I read names alone, and not whose they are: write it as a command of the platform. ' : ''}For WHOM, pick a person, a role or a channel, or write here, strangers, everyone, everywhere, or its id in full, like ${person.id.replace(/^/, 'person:')}.`
  }
  const isTakenBack = isDefault !== undefined
  await store.accessRules.rule(workspace, subject, isTakenBack ? undefined : says, person.id, clock.now())
  return `${isTakenBack ? `There is no rule any more for ${subject}.` : `${subject}: ${whatItMeans[says]}`} ${tell(await store.accessRules.of(workspace))}`
}

const whatItMeans = {
  allow: 'I talk with them, or there.',
  deny: 'I do not answer, and say nothing about it.',
} as const

function tell(rules: readonly Rule[]): string {
  if (rules.length === 0)
    return 'There are no rules here: I talk with everybody of this place, and with strangers once they are allowed.'
  return `The rules here: ${rules.map(({ subject, says }) => `${says} ${subject}`).join(', ')}.`
}
