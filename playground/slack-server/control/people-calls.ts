import { z } from 'zod'
import type { Message } from '#playground/slack-server/world/message.ts'
import { compareTs } from '#playground/slack-server/world/slack-ids.ts'
import { type ControlCall, controlCall } from '#playground/stand-in/control-call.ts'
import type { Control } from './control.ts'
import { findPerson } from './names.ts'

const text = z.string()
const json = z.record(text, z.unknown())
const file = z.object({ name: text, contentType: text.optional(), text: text.optional(), base64: text.optional() })
const saying = z.object({
  person: text,
  place: text,
  text: text.default(''),
  thread: text.optional(),
  broadcast: z.boolean().optional(),
  files: z.array(file).optional(),
  context: json.optional(),
  raw: z.boolean().optional(),
  at: z.number().optional(),
})
const one = z.object({ person: text, place: text, ts: text })
const wanted = z.object({
  place: text,
  by: text.optional(),
  thread: text.optional(),
  contains: text.optional(),
  equals: text.optional(),
  /** Only messages later than this ts. */
  after: text.optional(),
})

const named = one.extend({ name: text })

/** What people do, and waiting for what comes of it, by name. */
export const peopleCalls: Readonly<Record<string, ControlCall<Control>>> = {
  say: controlCall(saying, ({ people }, { person, place, text: said, ...rest }) =>
    people.say(person, place, said, rest),
  ),
  edit: controlCall(one.extend({ text }), ({ people }, args) =>
    people.edit(args.person, args.place, args.ts, args.text),
  ),
  delete: controlCall(one, ({ people }, args) => people.delete(args.person, args.place, args.ts)),
  react: controlCall(named, ({ people }, args) => people.react(args.person, args.place, args.ts, args.name)),
  unreact: controlCall(named, ({ people }, args) => people.unreact(args.person, args.place, args.ts, args.name)),
  openApp: controlCall(
    z.object({ person: text, tab: z.enum(['home', 'messages']).optional(), context: json.optional() }),
    ({ people }, args) => people.openApp(args.person, args.tab, args.context),
  ),
  look: controlCall(z.object({ person: text, context: json }), ({ people }, args) =>
    people.look(args.person, args.context),
  ),
  stop: controlCall(z.object({ person: text, place: text, thread: text }), ({ people }, args) =>
    people.stop(args.person, args.place, args.thread),
  ),
  unfurl: controlCall(z.object({ place: text, ts: text }), ({ people }, args) => people.unfurl(args.place, args.ts)),
  messages: controlCall(z.object({ place: text, as: text.optional() }), ({ people }, args) =>
    people.messages(args.place, args.as),
  ),
  message: controlCall(z.object({ place: text, ts: text, as: text.optional() }), ({ people }, args) =>
    people.message(args.place, args.ts, args.as),
  ),
  command: controlCall(
    z.object({ person: text, place: text, command: text, text: text.optional() }),
    ({ interactions }, args) => interactions.command(args.person, args.place, args.command, args.text),
  ),
  click: controlCall(one.extend({ button: text }), ({ interactions }, args) =>
    interactions.click(args.person, args.place, args.ts, args.button),
  ),
  clickInView: controlCall(z.object({ person: text, button: text }), ({ interactions }, args) =>
    interactions.clickInView(args.person, args.button),
  ),
  submit: controlCall(z.object({ person: text, values: json.optional() }), ({ interactions }, args) =>
    interactions.submit(args.person, args.values),
  ),
  shortcut: controlCall(one.extend({ callbackId: text }), ({ interactions }, args) =>
    interactions.shortcut(args.person, args.place, args.ts, args.callbackId),
  ),
  nextMessage: controlCall(wanted, (control, args, signal) =>
    control.watch.nextMessage(args.place, testOf(control, args), signal),
  ),
  until: controlCall(wanted, (control, args, signal) => control.watch.until(args.place, testOf(control, args), signal)),
  settled: controlCall(z.object({ place: text, ts: text, quietMs: z.number().optional() }), ({ watch }, args, signal) =>
    watch.settled(args.place, args.ts, args.quietMs, signal),
  ),
}

function testOf(
  { world }: Control,
  { by, thread, contains, equals, after }: z.infer<typeof wanted>,
): (message: Message) => boolean {
  const authorId = by === undefined ? undefined : findPerson(world, by).id
  const shown = ({ versions }: Message) => versions.at(-1)?.shown ?? ''
  return message =>
    (authorId === undefined || message.authorId === authorId) &&
    (thread === undefined || message.threadTs === thread) &&
    (contains === undefined || shown(message).includes(contains)) &&
    (equals === undefined || shown(message) === equals) &&
    (after === undefined || compareTs(message.ts, after) > 0)
}
