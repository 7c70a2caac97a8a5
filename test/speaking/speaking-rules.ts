/**
 * `answers`: once. `refuses`: it says kindly why not. `keeps`: it is history and gets no answer. `heeds`: it does so, tells the speaker alone, and
 * keeps nothing. `silent`: as if it had not been said.
 */
export type Verdict = 'answers' | 'refuses' | 'keeps' | 'heeds' | 'silent'

type Rule = Readonly<{
  said: string
  /** Absent where there is no such thing. */
  discord?: Verdict
  slack?: Verdict
}>

/** When Aeries speaks and when it is silent. README shows this table, and a test plays each of its cells. */
export const speakingRules = {
  dm: { said: 'A direct message', discord: 'answers', slack: 'answers' },
  mention: { said: 'A mention in a channel', discord: 'answers', slack: 'answers' },
  ownRole: { said: 'A mention of the role that Discord made for it', discord: 'answers' },
  reply: { said: 'A reply to one of its messages', discord: 'answers' },
  followUp: { said: 'More in a thread that it is in, without a mention', discord: 'answers', slack: 'answers' },
  calledIn: { said: 'A mention in a thread that it is not in', discord: 'answers', slack: 'answers' },
  twice: { said: 'A message that the platform tells twice', discord: 'answers', slack: 'answers' },
  voiceText: { said: 'A mention in the text of a voice channel', discord: 'answers' },
  groupMention: { said: 'A mention in a group DM', discord: 'answers', slack: 'answers' },
  forwardedToIt: { said: 'A message forwarded to it in a DM', discord: 'answers' },
  toNobody: { said: 'Words to nobody in a channel', discord: 'silent', slack: 'silent' },
  listened: { said: 'The same where an admin lets it read along', discord: 'keeps', slack: 'keeps' },
  noUnaddressed: {
    said: '“aeries learning off” or “aeries ignore me”, also without a mention',
    discord: 'heeds',
    slack: 'heeds',
  },
  commandMentioned: { said: 'A mention and a command to the letter: “@Aeries me”', discord: 'heeds', slack: 'heeds' },
  commandLike: {
    said: 'A mention and what merely begins like a command: “@Aeries help me with this”',
    discord: 'answers',
    slack: 'answers',
  },
  toOthers: { said: 'A mention of somebody else', discord: 'silent', slack: 'silent' },
  toEverybody: { said: '@everyone, @here, @channel', discord: 'silent', slack: 'silent' },
  toRole: { said: 'A mention of a role or a user group', discord: 'silent', slack: 'silent' },
  foreignThread: { said: 'Words in a thread that it is not in', discord: 'silent', slack: 'silent' },
  othersInThread: { said: 'A mention of somebody else in its thread', discord: 'silent', slack: 'silent' },
  replyToOthers: { said: 'A reply to somebody else in its thread', discord: 'silent' },
  groupWords: { said: 'Words to nobody in a group DM', discord: 'silent', slack: 'silent' },
  forwarded: { said: 'A message forwarded to a channel', discord: 'silent' },
  editedIn: { said: 'A mention that an edit puts in later', discord: 'silent', slack: 'silent' },
  otherBot: { said: 'Another bot, also one that mentions it', discord: 'silent', slack: 'silent' },
  webhook: { said: 'A webhook or an integration', discord: 'silent', slack: 'silent' },
  itself: { said: 'Its own words', discord: 'silent', slack: 'silent' },
  system: { said: 'The platform’s own words: who joined, what was pinned', discord: 'silent', slack: 'silent' },
  reaction: { said: 'A reaction', discord: 'silent', slack: 'silent' },
  stop: { said: '“stop”, and nothing else', discord: 'silent', slack: 'silent' },
  denied: { said: 'A mention by somebody on the deny list', discord: 'silent', slack: 'silent' },
  deniedPlace: { said: 'A mention in a place on the deny list', discord: 'silent', slack: 'silent' },
  notListed: { said: 'A mention by somebody not on the allow list', discord: 'refuses', slack: 'refuses' },
  stranger: { said: 'A mention by somebody from outside (Slack Connect)', slack: 'refuses' },
  strangerAllowed: { said: 'The same, once an admin has allowed it', slack: 'answers' },
  tooMuch: { said: 'The eleventh message in a minute', discord: 'refuses', slack: 'refuses' },
  refusedAgain: { said: 'More of it within ten minutes', discord: 'silent', slack: 'silent' },
  tooLong: { said: 'A message of more than 12,000 characters', slack: 'refuses' },
} as const satisfies Readonly<Record<string, Rule>>

export type RuleName = keyof typeof speakingRules
export type RuleOn<Platform extends 'discord' | 'slack'> = {
  [Name in RuleName]: (typeof speakingRules)[Name] extends Readonly<Record<Platform, Verdict>> ? Name : never
}[RuleName]

/** As README shows it. */
export function drawSpeakingRules(): string {
  const rows = Object.values(speakingRules).map((rule: Rule) => {
    return `| ${rule.said} | ${rule.discord ?? '–'} | ${rule.slack ?? '–'} |`
  })
  return ['| what is said | Discord | Slack |', '|---|---|---|', ...rows].join('\n')
}
