/** A JSON object whose fields nobody has looked at yet, or that is about to go out. */
export type Json = Readonly<Record<string, unknown>>
