/** An address in angle brackets is a link; what else a `<` opens, Slack may take for a call: to a channel, a group, a person. */
const dangerous = /<(?:(?:https?:\/\/|mailto:)[^\s<>|]+>)?|&(?=#?\w+;)/gi

/**
 * Text in which nothing calls anybody. Slack resolves `<!channel>`, `<!subteam^…>` and `<@U…>` before it formats, so code
 * protects from nothing, and it offers no way to say that nobody is to be called. Its own escapes are shown as the
 * characters that they stand for; an `&` that would make one is escaped, too.
 */
export function neutralise(text: string): string {
  return text.replace(dangerous, found => escapes[found] ?? found)
}

const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;' }
