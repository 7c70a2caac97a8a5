import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Colours words where the stream can show colours; NO_COLOR and FORCE_COLOR are heard. */
export type Paint = (format: Format, text: string) => string

export function createPaint(stream: NodeJS.WritableStream): Paint {
  return (format, text) => styleText(format, text, { stream })
}
