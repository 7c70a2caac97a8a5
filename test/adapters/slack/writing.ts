import type { Message } from '#playground/slack-server/world/message.ts'
import type { MessageEvent } from '#src/core/event.ts'
import { type MessageId, nativeMessageId } from '#src/core/ids.ts'
import type { ReplySurface, Write, WriteOutcome, WritePhase } from '#src/core/surface.ts'
import { type House, never } from './slack-house.ts'

/** Says something as Mira and waits until the house hears it. */
export async function heard(
  { server, inbox }: House,
  place: string,
  text: string,
  saying: Parameters<House['server']['people']['say']>[3] = {},
): Promise<MessageEvent> {
  server.people.say('mira', place, text, saying)
  return await inbox.next('message')
}

export function aWrite(sketch: Partial<Write> = {}): Write {
  return { key: 'turn:0', part: 0, phase: 'first', text: 'Once', ...sketch }
}

/** Writes like the engine: what is refused for now, or of an unknown outcome, is tried again. */
export async function persist(
  surface: ReplySurface,
  write: Write,
): Promise<Extract<WriteOutcome, { outcome: 'written' }>> {
  for (let tries = 0; tries < 20; tries += 1) {
    const outcome = await surface.write(write, never)
    if (outcome.outcome === 'written') return outcome
    if (outcome.outcome === 'gone') throw new Error('the write was refused', { cause: outcome.cause })
  }
  throw new Error('the write never came through')
}

/** Lets an answer grow through its surface as the engine would: first, interims, final; gives back its message. */
export async function grow(surface: ReplySurface, texts: readonly string[], key = 'turn:0'): Promise<MessageId> {
  let message: MessageId | undefined
  for (const [index, text] of texts.entries()) {
    const phase: WritePhase = index === texts.length - 1 ? 'final' : index === 0 ? 'first' : 'interim'
    const written = await persist(surface, aWrite({ key, phase, text, ...(message !== undefined && { message }) }))
    message = written.message
  }
  return message as MessageId
}

/** What stands under an id, as people read it. */
export function shown({ server }: House, place: string, message: MessageId): string {
  return messageOf(server, place, message).versions.at(-1)?.shown ?? ''
}

export function messageOf(server: House['server'], place: string, message: MessageId): Message {
  return server.people.message(place, nativeMessageId(message))
}

/** The methods that were called, in order, without those that only ask. */
export function calls({ server }: House): readonly string[] {
  return server.log.map(({ method }) => method).filter(method => /^chat\./.test(method))
}

/** Everything that Aeries said in a place, as read now. */
export function said({ server }: House, place: string): readonly string[] {
  const own = server.people.messages(place).filter(({ botId }) => botId !== undefined)
  return own.map(({ versions }) => versions.at(-1)?.shown ?? '')
}

/** Everybody who was ever called by anything that Aeries wrote. */
export function pings({ server }: House): readonly string[] {
  const own = server.scene.record().filter(({ botId }) => botId !== undefined)
  return own.flatMap(({ versions }) => versions.flatMap(version => version.pings.map(({ written }) => written)))
}
