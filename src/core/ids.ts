declare const kind: unique symbol
/** A string that is the name of one kind of thing, and is never taken for that of another. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

/** One account on one platform, `platform:workspace:account`; `-` stands for no workspace (a Discord account has none). */
export type PersonId = Id<'person'>
/** One transcript: a DM, a channel or a thread, `platform:workspace:channel[:thread]`. */
export type ConversationId = Id<'conversation'>
/** One message on a platform, `platform:workspace:channel/message`. */
export type MessageId = Id<'message'>
/** What makes an event of a platform unique, also when it is delivered again a day later. */
export type EventKey = Id<'event'>
/** One turn. The store makes it, at random, so that a new database never repeats the keys of an old one's writes. */
export type TurnId = Id<'turn'>

const noWorkspace = '-'

export function personId(platform: string, workspace: string | undefined, account: string): PersonId {
  return `${platform}:${workspace ?? noWorkspace}:${account}` as PersonId
}

export function conversationId(
  place: Readonly<{ platform: string; workspace: string | undefined; channel: string; thread: string | undefined }>,
): ConversationId {
  const channel = `${place.platform}:${place.workspace ?? noWorkspace}:${place.channel}`
  return (place.thread === undefined ? channel : `${channel}:${place.thread}`) as ConversationId
}

export function messageId(
  platform: string,
  workspace: string | undefined,
  channel: string,
  message: string,
): MessageId {
  return `${platform}:${workspace ?? noWorkspace}:${channel}/${message}` as MessageId
}

/** The id that the platform itself gave the message. */
export function nativeMessageId(id: MessageId): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

export function eventKey(platform: string, what: string, id: string): EventKey {
  return `${platform}:${what}:${id}` as EventKey
}

export function turnId(id: string): TurnId {
  return id as TurnId
}
