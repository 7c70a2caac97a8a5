import type { PrivateNote, PrivateWords } from '#src/core/event.ts'
import type { Account, Link, LinkRequest, Redeemed } from '#src/core/links.ts'
import { actionOf } from './call.ts'
import { type Command, type CommandContext, howToWrite } from './command.ts'
import { tellAccount } from './tell-account.ts'
import { tellSpan } from './tell-date.ts'

export const link: Command = {
  verb: 'link',
  description: 'Be one person for me on two platforms: a code here, typed there.',
  usage: 'link [CODE | yes | no | new | facts on | facts off]',
  options: [
    { name: 'what', description: 'The code of your other account, or yes, no, new, facts. Nothing: a code of yours.' },
    { name: 'choice', description: 'Behind facts: whether they may be used over the link.', choices: ['on', 'off'] },
  ],
  // A code is of three parts at most.
  takes: words => words.length <= 3,
  isExact: words => exact.test(words.join(' ').toLowerCase()),
  async run(context, words) {
    const [what = '', more = ''] = words.map(word => word.toLowerCase())
    if (what === '') return (await pending(context)) ?? (await issue(context))
    if (what === 'new') return await issue(context)
    if (what === 'yes') return await sayYes(context, more)
    if (what === 'no') return await sayNo(context)
    if (what === 'facts') {
      return more === 'on' || more === 'off' ? await shareFacts(context, more === 'on') : howToWrite(link)
    }
    return await redeem(context, words.join(''))
  },
}

/** A code has no vowels, so it is no word. */
const exact = /^(?:yes|no|new|facts (?:on|off)|(?:[b-df-hjkmnp-tv-z]{4}[ -]?){3})?$/

async function issue(context: CommandContext): Promise<string> {
  const { store, clock, person } = context
  const { code, until } = await store.links.issue(accountOf(context), clock.now())
  context.keepDoor(until)
  const links = await store.links.of(person.id)
  const linked = links.length === 0 ? [] : [`${tellLinks(links)} \`/aeries unlink\` ends that.`]
  return [
    ...linked,
    `Your code: **${code}**\nWrite \`/aeries link ${code}\` to me from your other account, on another platform or in another workspace, within ten minutes. Then both accounts are shown each other’s name, and I link them once both said yes.`,
    'It works once, and it is for you alone: where I have a page on the web, it signs in there as you. Give it to nobody.',
  ].join('\n\n')
}

async function redeem(context: CommandContext, code: string): Promise<PrivateWords> {
  const { store, clock } = context
  const redeemed = await store.links.redeem(code, accountOf(context), clock.now())
  if (redeemed.outcome !== 'asked') return refusal(redeemed, clock.now())
  const { other, until } = redeemed.request
  context.keepDoor(until)
  const theirs = questionOf({ ...redeemed.request, other: accountOf(context) })
  const isTold = await context.tellOther(other.person, theirs)
  const own = questionOf(redeemed.request)
  return {
    ...own,
    text: `${own.text} ${isTold ? 'I ask the same there, where you asked for the code' : 'Say `/aeries link` there, too: I ask the same there'}.`,
  }
}

/** The same for both: who the other is, and what it means. */
function questionOf({ other, handle }: Pick<LinkRequest, 'other' | 'handle'>): PrivateNote {
  return {
    text: `Is ${tellAccount(other)} you, too? Then how you like to be talked to counts for both accounts: style, and no facts. Nothing is linked before both said yes, by the button or \`/aeries link yes\`. If it is not you, say no.`,
    buttons: [
      { action: actionOf(`link yes ${handle.toLowerCase()}`), label: 'Yes, that is me' },
      { action: actionOf('link no'), label: 'No' },
    ],
  }
}

async function pending(context: CommandContext): Promise<PrivateWords | undefined> {
  const { store, person, clock } = context
  const request = await store.links.request(person.id, clock.now())
  if (request === undefined) return undefined
  context.keepDoor(request.until)
  if (request.saidYes.here) return waiting(request.other)
  return questionOf(request)
}

function waiting(other: Account): string {
  return `I wait for the yes of ${tellAccount(other)}: say \`/aeries link\` there. \`/aeries link no\` takes yours back.`
}

async function sayYes(context: CommandContext, handle: string): Promise<string> {
  const { store, person, clock } = context
  const request = await store.links.request(person.id, clock.now())
  // A button asks about the account that stood above it, and no other.
  if (request === undefined || (handle !== '' && handle !== request.handle.toLowerCase())) return nothingWaits
  const confirmed = await store.links.confirm(person.id, clock.now())
  if (confirmed === undefined) return nothingWaits
  if (!confirmed.isLinked) return `Good. ${waiting(confirmed.other)}`
  await context.tellOther(confirmed.other.person, linked(accountOf(context)))
  return linked(confirmed.other)
}

const nothingWaits =
  'Nothing waits for a yes of yours: it is over, or was another’s. `/aeries link` gives you a new code.'

function linked(other: Account): string {
  return `Linked with ${tellAccount(other)}. How you like to be talked to counts for both accounts from now on, whatever workspace I learnt it in. Facts stay where you told them: only if you say \`/aeries link facts on\` on both accounts do I use in our DM on the one what you told me in our DM on the other. \`/aeries unlink\` ends it, and each account has again just what came from it.`
}

async function sayNo(context: CommandContext): Promise<string> {
  const other = await context.store.links.refuse(context.person.id)
  if (other === undefined) return await nothingToRefuse(context)
  await context.tellOther(other.person, 'The other account said no. Nothing is linked, and the code is over.')
  return `Nothing is linked with ${tellAccount(other)}, and the code is over.`
}

/** Whoever says no too late shall know what is linked, and how that ends. */
async function nothingToRefuse({ store, person }: CommandContext): Promise<string> {
  const links = await store.links.of(person.id)
  const over = 'A code that you had does not work any more.'
  return links.length === 0 ? `Nothing is linked. ${over}` : `${over} ${tellLinks(links)} \`/aeries unlink\` ends that.`
}

async function shareFacts({ store, person }: CommandContext, isOn: boolean): Promise<string> {
  const links = await store.links.shareFacts(person.id, isOn)
  if (links.length === 0) return 'This account is linked with no other. `/aeries link` gives you a code to do that.'
  return isOn
    ? `${tellLinks(links)} What you told me in a channel stays in its workspace, whatever you say here.`
    : `From now on no fact of this account is used on another, and none of another here. ${tellLinks(links)}`
}

function tellLinks(links: readonly Link[]): string {
  return links.map(({ other, facts }) => `Linked with ${tellAccount(other)}: ${tellFacts(facts)}.`).join(' ')
}

function tellFacts({ here, there }: Link['facts']): string {
  if (here && there) return 'style, and from DM to DM what you told me'
  if (here) return 'style; facts as well, from DM to DM, once you say `/aeries link facts on` there, too'
  return there
    ? 'style; facts as well, from DM to DM, once you say `/aeries link facts on` here, too'
    : 'style, no facts'
}

function refusal(redeemed: Exclude<Redeemed, { outcome: 'asked' }>, now: Date): string {
  switch (redeemed.outcome) {
    case 'wrong':
      return 'That is no code that works: it is mistyped, older than ten minutes, used, or was tried too often. `/aeries link` on your other account gives you a new one.'
    case 'too many guesses':
      return `Too many codes did not work. Try again in ${tellSpan(redeemed.until.getTime() - now.getTime())}.`
    case 'not another place':
      return 'That code is from this same workspace or platform account. I link accounts of different platforms or workspaces: there each of them is another one of yours.'
    case 'linked before':
      return 'These two accounts are linked already.'
    case 'too many links':
      return 'One of these accounts is linked with as many others as I take. `/aeries unlink` makes room.'
    default:
      return redeemed satisfies never
  }
}

function accountOf({ person: { id, name } }: Pick<CommandContext, 'person'>): Account {
  return { person: id, name }
}
