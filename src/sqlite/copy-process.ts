import { isAeriesError } from '#src/core/errors.ts'
import { fillCopy } from './copy-database.ts'

/** What the process says at its end; silence is a fault as well. */
export type CopyEnd = Readonly<{ outcome: 'done' } | { outcome: 'refused'; message: string }>

const [from = '', partial = ''] = process.argv.slice(2)

process.send?.(copy(), () => process.disconnect())

function copy(): CopyEnd {
  try {
    fillCopy(from, partial)
    return { outcome: 'done' }
  } catch (error) {
    if (isAeriesError(error)) return { outcome: 'refused', message: error.message }
    throw error
  }
}
