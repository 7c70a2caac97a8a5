/** Discord takes no more characters in a message, and keeps what is longer in the field; Slack has no bound that people meet. */
export const longest = { discord: 2_000, slack: Number.POSITIVE_INFINITY } as const
