import type { AttachedFile } from '#src/core/message.ts'

/** A file of those bytes, of whose kind its platform says nothing. */
export function aFile(name: string, content: string | Uint8Array): AttachedFile {
  const all = Buffer.from(content)
  return {
    name,
    mediaType: undefined,
    bytes: all.length,
    read: async most => ({ bytes: all.subarray(0, most), isWhole: all.length <= most }),
  }
}
