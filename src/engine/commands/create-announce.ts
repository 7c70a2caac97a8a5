import { messageId } from '#src/core/ids.ts'
import type { AnswerParts } from '#src/engine/answer-parts.ts'
import type { Platform } from '#src/engine/platform.ts'
import { writeNotice } from '#src/engine/write-notice.ts'
import type { CommandContext } from './command.ts'

type Parts = Pick<AnswerParts, 'budget' | 'clock' | 'log' | 'telemetry'> &
  Readonly<{ platforms: readonly Platform[]; abort: AbortSignal }>
type Asked = Pick<CommandContext, 'key' | 'place'>

/** Says a word to all in a channel, not in a thread of it. It answers the message that asked for it, or nothing where a command has no message. */
export function createAnnounce(parts: Parts): (asked: Asked, text: string) => Promise<boolean> {
  return async ({ key, place }, text) => {
    const { platform, workspace, channel } = place
    const found = parts.platforms.find(one => one.platform === platform)
    if (found === undefined) return false
    const about = messageId(platform, workspace, channel, key.slice(key.lastIndexOf(':') + 1))
    const surface = found.surface({ ...place, thread: undefined }, about)
    const notice = { key: `n${key.replace(/\W/g, '').slice(-20)}`, text }
    const { shown } = await writeNotice(parts, surface, notice, parts.abort)
    return shown.length > 0
  }
}
