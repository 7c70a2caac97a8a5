import type { Log } from '#src/core/log.ts'

/** A log that keeps what was said above debug, for tests that ask. */
export class KeptLog implements Log {
  readonly lines: { level: string; event: string; fields: Readonly<Record<string, unknown>> }[] = []
  debug(): void {}
  info(fields: Readonly<Record<string, unknown>>, event: string): void {
    this.lines.push({ level: 'info', event, fields })
  }
  warn(fields: Readonly<Record<string, unknown>>, event: string): void {
    this.lines.push({ level: 'warn', event, fields })
  }
  error(fields: Readonly<Record<string, unknown>>, event: string): void {
    this.lines.push({ level: 'error', event, fields })
  }
  child(): Log {
    return this
  }
}
