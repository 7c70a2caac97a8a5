/** Bits of an id that count within a conversation: room for 16 million rows in each of 500 million conversations below 2^53. */
const countingBits = 24

/**
 * SQL for the next id of a table whose rows of one conversation lie side by side in the file, `:conversation` being its id.
 * SQLite stores rows by their ids; in the order of arrival, the last twenty messages of a conversation would lie on twenty
 * pages of a large file, each of them a read from the disk.
 */
export function nextIdIn(table: 'message' | 'turn'): string {
  const first = `(:conversation << ${countingBits})`
  return `(
    SELECT coalesce(max(id), ${first}) + 1 FROM ${table}
    WHERE id > ${first} AND id < ((:conversation + 1) << ${countingBits})
  )`
}

/** The ids that a conversation's rows begin behind. */
export function firstIdOf(conversation: number): number {
  return conversation * 2 ** countingBits
}
