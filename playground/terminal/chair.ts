/** What became of a message, version by version, oldest first. Times in milliseconds since 1970. */
export type Film = Readonly<{
  name: string
  place: string
  versions: readonly Readonly<{ at: number; text: string }>[]
}>

/** One platform as a person uses it: where they are there, and what they do. Throws `Misuse` for what cannot be. */
export interface Chair {
  /** Who is where: `Mira in #general`. */
  readonly label: string
  /** Speaks as somebody else, in the same place if they are in it, otherwise in their own DM. */
  sitAs(name: string): void
  /** Goes to a place by its name; `thread` is the newest thread that this person sees. */
  goTo(name: string): void
  say(text: string): void
  /** Replies to Aeries' last message here. */
  reply(text: string): void
  /** Opens a thread on Aeries' last message here, and goes there. */
  openThread(name: string): void
  /** Reacts to Aeries' last message here; a thumb up without an emoji. */
  react(emoji: string): void
  unreact(): void
  /** Changes one's own last message here. */
  edit(text: string): void
  delete(): void
  /** Aeries' last message here. */
  film(): Film
}
