/** The one application that this Slack knows, as its settings pages would show it. */
export type App = Readonly<{
  id: string
  name: string
  appToken: string
  signingSecret: string
  /** Old, and still in every payload. */
  verificationToken: string
  clientId: string
  clientSecret: string
  /** Scopes that an installation gets when the install link names none. */
  scopes: readonly string[]
  /** Events that it subscribed to (`message.im`, `app_mention`, ...); undefined: all. */
  subscriptions: readonly string[] | undefined
}>
