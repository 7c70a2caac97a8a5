import type { PrivateNote, PrivateWords } from '#src/core/event.ts'
import { forgetPerson } from '#src/engine/retention/forget-person.ts'
import { actionOf } from './call.ts'
import { type Command, type CommandContext, howToWrite } from './command.ts'
import { tellLinked } from './linked-words.ts'
import { type Note, notesOf } from './notes.ts'
import { suggestNotes } from './suggest-notes.ts'

/** A topic that fits a button's 60 characters. */
const longestTopic = 40
/** As far back as a topic is looked for among what somebody said. */
const lookBack = 5_000

export const forget: Command = {
  verb: 'forget',
  description: 'Forget a note, a topic, or all I have of you.',
  usage: 'forget NUMBER | a topic | all',
  options: [{ name: 'what', description: 'A number, a topic, or all.', isRequired: true, completes: true }],
  // A topic is any word: "forget it".
  takes: () => true,
  isExact: words => words.join(' ').toLowerCase() === 'all' || (words.length > 0 && words.every(isNumber)),
  countsLate: () => true,
  async run(context, words) {
    const what = words.join(' ')
    if (what === '') return howToWrite(forget)
    if (what.toLowerCase() === 'all') return await askForAll(context)
    if (context.isTapped && what === 'all yes') return await forgetAll(context)
    if (context.isTapped && what.startsWith('about ')) return await forgetTopic(context, what.slice('about '.length))
    const notes = await notesOf(context, context.person.id)
    const named = notes.filter(({ id }) => words.includes(id))
    if (words.every(word => notes.some(({ id }) => id === word))) return await forgetNotes(context, named)
    if (words.every(word => isNumber(word))) {
      const linked = await tellLinked(context)
      const there = linked === '' ? '' : ` A note that comes from ${linked} is forgotten there.`
      return `I have no note ${words.join(' ').slice(0, 40)} about you.${there}`
    }
    return await askForTopic(context, what)
  },
  async suggest(context, typed) {
    return [...(await suggestNotes(context, typed)), { name: 'all that I have of you', value: 'all' }]
  },
}

const allOfMine: PrivateNote = {
  text: 'This takes out all that I have of you, for good: what you said to me anywhere, my answers to it, all that I learnt and all that you chose. Only a no to being learnt from, and that I shall ignore you, stays. Shall I?',
  buttons: [
    { action: actionOf('forget all yes'), label: 'Forget all' },
    { action: actionOf('export'), label: 'Give me all as a file first' },
  ],
}

async function askForAll(context: CommandContext): Promise<PrivateWords> {
  const linked = await tellLinked(context)
  if (linked === '') return allOfMine
  return {
    ...allOfMine,
    text: `${allOfMine.text} The link with ${linked} ends with it; what that account has stays there.`,
  }
}

async function forgetAll({ answers, store, person }: CommandContext): Promise<string> {
  await answers.stopAll(person)
  await forgetPerson(store, person.id)
  return 'It is all gone, and does not come back. When you talk to me again, we begin anew.'
}

async function forgetNotes({ store, person, clock }: CommandContext, notes: readonly Note[]): Promise<string> {
  for (const { id, trait, workspace } of notes) {
    if (trait === undefined) await store.learning.forgetKey(person.id, workspace, id, clock.now())
    else await store.learning.forgetTrait(person.id, trait.id, clock.now())
  }
  return `Forgotten: ${notes.map(({ text }) => text).join(' ')} It does not come back unless you say it again.`
}

type Found = Readonly<{ notes: readonly Note[]; messages: readonly Parameters<CommandContext['link']>[0][] }>

async function find(context: CommandContext, topic: string): Promise<Found> {
  const wanted = topic.toLowerCase()
  const { store, person } = context
  const notes = (await notesOf(context, person.id)).filter(({ id, text, evidence }) =>
    [id, text, ...evidence.map(({ quote }) => quote)].some(words => words.toLowerCase().includes(wanted)),
  )
  const said = await store.history.ofPerson(person.id, lookBack)
  const messages = said
    .filter(({ role, text }) => role === 'person' && text.toLowerCase().includes(wanted))
    .flatMap(one => one.messages)
  return { notes, messages }
}

async function askForTopic(context: CommandContext, what: string): Promise<PrivateWords> {
  const topic = what.slice(0, longestTopic).toWellFormed()
  const { notes, messages } = await find(context, topic)
  if (notes.length === 0 && messages.length === 0) return `I have nothing of you about "${topic}".`
  const lines = notes.map(({ id, text }) => `- **${id}** · ${text}`)
  const said = messages.length === 0 ? [] : [`- ${count(messages.length)} of yours, with what I answered`]
  return {
    text: `About "${topic}" I have:\n${[...lines, ...said].join('\n')}\n\nShall I forget it, for good?`,
    buttons: [{ action: actionOf(`forget about ${topic}`), label: 'Forget it' }],
  }
}

async function forgetTopic(context: CommandContext, topic: string): Promise<string> {
  const { notes, messages } = await find(context, topic)
  if (notes.length > 0) await forgetNotes(context, notes)
  for (const message of messages) await context.store.forget.message(message)
  const parts = [`${notes.length} note${notes.length === 1 ? '' : 's'}`, count(messages.length)]
  return `Forgotten: ${parts.join(' and ')} about "${topic}".`
}

function isNumber(word: string): boolean {
  return /^\d+$/.test(word)
}

function count(messages: number): string {
  return `${messages} message${messages === 1 ? '' : 's'}`
}
