type Fields = Readonly<Record<string, unknown>>

/** The part of pino that the rooms use: one event a fact, never what people wrote. An error goes in as `err`. */
export interface Log {
  debug(fields: Fields, event: string): void
  info(fields: Fields, event: string): void
  warn(fields: Fields, event: string): void
  error(fields: Fields, event: string): void
  child(fields: Fields): Log
}
