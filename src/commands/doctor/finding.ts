/** `fault`: Aeries will not start, or not answer. `warning`: it works, and worse than it could, or not for long. */
export type State = 'ok' | 'warning' | 'fault'

/** What the doctor saw of one thing, and what to do about it; of what is well there is no cure. */
export type Finding = Readonly<{ name: string; state: State; cause: string; cure: string }>

/** One after the other, as they are found. Throws the signal's reason. */
export type Findings = AsyncIterable<Finding> | Iterable<Finding>

export function ok(name: string, seen: string): Finding {
  return { name, state: 'ok', cause: seen, cure: '' }
}

export function warning(name: string, cause: string, cure: string): Finding {
  return { name, state: 'warning', cause, cure }
}

export function fault(name: string, cause: string, cure: string): Finding {
  return { name, state: 'fault', cause, cure }
}

/**
 * A message of ours says the cause first and then the cure, which is the second sentence, or stands behind the colon; the colon
 * behind a setting's name is none.
 */
export function faultFrom(name: string, message: string, otherwise: string): Finding {
  const [, cause, cure] = /^(.+?)\. (?=[A-Z])(.+)$/s.exec(message) ?? /^((?:[A-Z_]+: )?.+?): (.+)$/s.exec(message) ?? []
  if (cause === undefined || cure === undefined) return fault(name, message, otherwise)
  return fault(name, cause, cure.charAt(0).toUpperCase() + cure.slice(1))
}
