import type { CommandSpec } from '#src/core/command.ts'
import type { Command } from './command.ts'
import { correct } from './correct.ts'
import { exportAll } from './export.ts'
import { forget } from './forget.ts'
import { help } from './help.ts'
import { ignore } from './ignore.ts'
import { incognito } from './incognito.ts'
import { learning } from './learning.ts'
import { link } from './link.ts'
import { listen } from './listen.ts'
import { me } from './me.ts'
import { startAnew } from './new.ts'
import { observe } from './observe.ts'
import { pause } from './pause.ts'
import { persona } from './persona.ts'
import { privacy } from './privacy.ts'
import { quota } from './quota.ts'
import { allow, deny } from './rule.ts'
import { status } from './status.ts'
import { stop } from './stop.ts'
import { stream } from './stream.ts'
import { unlink } from './unlink.ts'
import { why } from './why.ts'

/** All verbs, in the order in which `help` tells them. A platform offers 25 at most. */
export const commands: readonly Command[] = [
  help,
  startAnew,
  stop,
  why,
  me,
  correct,
  forget,
  exportAll,
  learning,
  pause,
  incognito,
  ignore,
  link,
  unlink,
  stream,
  persona,
  quota,
  status,
  privacy,
  listen,
  observe,
  allow,
  deny,
]

const byVerb = new Map(commands.map(command => [command.verb, command]))

export function findCommand(verb: string): Command | undefined {
  return byVerb.get(verb)
}

/** What platforms are told of them. */
export const commandSpecs: readonly CommandSpec[] = commands.map(
  ({ verb, description, options, isForAdmins }): CommandSpec => ({
    verb,
    description,
    options,
    ...(isForAdmins && { isForAdmins }),
  }),
)
