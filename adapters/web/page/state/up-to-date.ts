let changes = 0

/** Something was changed here that the server has already been told. */
export function changed(): void {
  changes += 1
}

/** Reads, and reads anew should something have been changed here meanwhile: what was asked for before may not know of it. */
export async function upToDate<Read>(read: () => Promise<Read>): Promise<Read> {
  for (;;) {
    const before = changes
    const found = await read()
    if (changes === before) return found
  }
}
