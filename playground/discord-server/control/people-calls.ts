import { z } from 'zod'
import type { Message } from '#playground/discord-server/world/message.ts'
import { type ControlCall, controlCall } from '#playground/stand-in/control-call.ts'
import type { Control } from './control.ts'
import { findPerson } from './names.ts'

const person = z.string()
const place = z.string()
const message = z.string()
const file = z.object({
  name: z.string(),
  contentType: z.string().optional(),
  text: z.string().optional(),
  base64: z.string().optional(),
})
const saying = z.object({
  person,
  place,
  text: z.string().default(''),
  replyTo: message.optional(),
  ping: z.boolean().optional(),
  forward: message.optional(),
  attachments: z.array(file).optional(),
  at: z.number().optional(),
})
const wanted = z.object({
  place,
  by: person.optional(),
  contains: z.string().optional(),
  equals: z.string().optional(),
  /** Only messages later than this one. */
  after: message.optional(),
})

/** What people do, and waiting for what comes of it, by name. */
export const peopleCalls: Readonly<Record<string, ControlCall<Control>>> = {
  say: controlCall(saying, ({ people }, { person: who, place: where, text, ...rest }) =>
    people.say(who, where, text, rest),
  ),
  edit: controlCall(z.object({ person, message, text: z.string() }), ({ people }, args) =>
    people.edit(args.person, args.message, args.text),
  ),
  delete: controlCall(z.object({ person, message }), ({ people }, args) => people.delete(args.person, args.message)),
  bulkDelete: controlCall(z.object({ person, place, messages: z.array(message) }), ({ people }, args) =>
    people.bulkDelete(args.person, args.place, args.messages),
  ),
  react: controlCall(z.object({ person, message, emoji: z.string() }), ({ people }, args) =>
    people.react(args.person, args.message, args.emoji),
  ),
  unreact: controlCall(z.object({ person, message, emoji: z.string() }), ({ people }, args) =>
    people.unreact(args.person, args.message, args.emoji),
  ),
  clearReactions: controlCall(z.object({ person, message, emoji: z.string().optional() }), ({ people }, args) =>
    people.clearReactions(args.person, args.message, args.emoji),
  ),
  click: controlCall(z.object({ person, message, button: z.string() }), ({ people }, args) =>
    people.click(args.person, args.message, args.button),
  ),
  command: controlCall(
    z.object({ person, place, typed: z.string(), options: z.record(z.string(), z.string()).optional() }),
    ({ people }, args) => people.command(args.person, args.place, args.typed, args.options),
  ),
  complete: controlCall(
    z.object({ person, place, typed: z.string(), option: z.string(), text: z.string() }),
    ({ people }, args) => people.complete(args.person, args.place, args.typed, args.option, args.text),
  ),
  pick: controlCall(z.object({ person, message, name: z.string() }), ({ people }, args) =>
    people.pick(args.person, args.message, args.name),
  ),
  submit: controlCall(
    z.object({ interaction: z.string(), fields: z.record(z.string(), z.string()).optional() }),
    ({ people }, args) => people.submit(args.interaction, args.fields),
  ),
  startTyping: controlCall(z.object({ person, place }), ({ people }, args) =>
    people.startTyping(args.person, args.place),
  ),
  isTyping: controlCall(z.object({ person, place }), ({ people }, args) => people.isTyping(args.person, args.place)),
  messages: controlCall(z.object({ place, as: person.optional() }), ({ people }, args) =>
    people.messages(args.place, args.as),
  ),
  message: controlCall(z.object({ message }), ({ people }, args) => people.message(args.message)),
  interaction: controlCall(z.object({ id: z.string() }), ({ people }, args) => people.interaction(args.id)),
  redeliver: controlCall(z.object({ message }), ({ people }, args) => people.redeliver(args.message)),
  unfurl: controlCall(z.object({ message }), ({ people }, args) => people.unfurl(args.message)),
  nextMessage: controlCall(wanted, (control, args, signal) =>
    control.watch.nextMessage(args.place, testOf(control, args), signal),
  ),
  until: controlCall(wanted, (control, args, signal) => control.watch.until(args.place, testOf(control, args), signal)),
  settled: controlCall(z.object({ message, quietMs: z.number().optional() }), ({ watch }, args, signal) =>
    watch.settled(args.message, args.quietMs, signal),
  ),
  answered: controlCall(z.object({ id: z.string() }), ({ watch }, args, signal) => watch.answered(args.id, signal)),
}

function testOf(
  { world }: Control,
  { by, contains, equals, after }: z.infer<typeof wanted>,
): (one: Message) => boolean {
  const authorId = by === undefined ? undefined : findPerson(world, by).id
  return one =>
    (authorId === undefined || one.authorId === authorId) &&
    (contains === undefined || one.content.includes(contains)) &&
    (equals === undefined || one.content === equals) &&
    (after === undefined || BigInt(one.id) > BigInt(after))
}
