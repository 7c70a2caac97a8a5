/** Where the terminal chat is printed: a screen with a prompt, or a pipe. */
export interface Paper extends Disposable {
  /** Columns of a line. */
  readonly width: number
  /** Whether it shows lines that still change. */
  readonly isLive: boolean
  /** Lines that stay. */
  print(lines: readonly string[]): void
  /** Lines that still change, instead of those before; they stand below everything that stays. */
  live(lines: readonly string[]): void
}
