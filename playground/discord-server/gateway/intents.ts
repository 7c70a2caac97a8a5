/** Discord's gateway intents, as far as an event of this server asks for one. */
export const intent = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildMessageReactions: 1 << 10,
  guildMessageTyping: 1 << 11,
  directMessages: 1 << 12,
  directMessageReactions: 1 << 13,
  directMessageTyping: 1 << 14,
  messageContent: 1 << 15,
} as const

const undefinedBits = [17, 18, 19, 22, 23].reduce((sum, bit) => sum | (1 << bit), 0)
const knownBits = ((1 << 26) - 1) & ~undefinedBits

type Portal = Readonly<{ messageContent: boolean; guildMembers: boolean; presences: boolean }>

/** Why an IDENTIFY with these intents is refused: 4013 for a bit that does not exist, 4014 for one not switched on. */
export function intentsFault(intents: number, portal: Portal): 4013 | 4014 | undefined {
  if (!Number.isInteger(intents) || intents < 0 || intents & ~knownBits || intents > knownBits) return 4013
  const disallowed =
    (portal.messageContent ? 0 : intent.messageContent) |
    (portal.guildMembers ? 0 : intent.guildMembers) |
    (portal.presences ? 0 : intent.guildPresences)
  return intents & disallowed ? 4014 : undefined
}
