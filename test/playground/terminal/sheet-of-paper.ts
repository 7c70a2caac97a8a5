import type { Paper } from '#playground/terminal/paper.ts'

/** Paper that keeps everything to be looked at. */
export class SheetOfPaper implements Paper {
  readonly width = 100
  isLive = true
  readonly lines: string[] = []
  drafts: readonly string[] = []

  print(lines: readonly string[]): void {
    this.lines.push(...lines)
  }

  live(lines: readonly string[]): void {
    this.drafts = lines
  }

  [Symbol.dispose](): void {}
}
