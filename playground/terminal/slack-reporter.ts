import type { ServerEvent } from '#playground/slack-server/control/server-event.ts'
import type { SlackServer } from '#playground/slack-server/slack-server.ts'
import type { Message } from '#playground/slack-server/world/message.ts'
import type { Speaker } from './ledger.ts'
import { slackExcerpt, slackNameOf, slackPlaceName, slackWords, threadOf } from './slack-names.ts'
import type { Reporter, Transcript } from './transcript.ts'

/** Reports what happens in Slack. */
export function slackReporter({ world, events }: Pick<SlackServer, 'world' | 'events'>): Reporter {
  return transcript => {
    const reporting = new SlackReporting(world, transcript)
    return events.on(event => {
      reporting.take(event)
      transcript.catchUp()
    })
  }
}

class SlackReporting {
  readonly #world: SlackServer['world']
  readonly #transcript: Transcript

  constructor(world: SlackServer['world'], transcript: Transcript) {
    this.#world = world
    this.#transcript = transcript
  }

  take(event: ServerEvent): void {
    const world = this.#world
    switch (event.type) {
      case 'message':
      case 'streamed':
        if (event.message.botId !== undefined) this.#grow(event.message)
        else this.#transcript.ledger.tell(this.#speaker(event.message), slackWords(world, event.message))
        break
      case 'changed':
        if (event.message.botId !== undefined) this.#grow(event.message)
        else this.#edited(event.message, event.previous)
        break
      case 'deleted':
        this.#transcript.drop(idOf(event.message))
        this.#note(event.message, event.message.authorId, `deleted: “${slackExcerpt(world, event.previous)}”`)
        break
      case 'reaction': {
        const what = event.added ? `reacts with :${event.name}: to` : `takes back :${event.name}: from`
        this.#note(event.message, event.personId, `${what} “${slackExcerpt(world, event.message)}”`)
        break
      }
      case 'status':
        this.#status(event)
        break
      default:
    }
  }

  #grow(message: Message): void {
    const text = slackWords(this.#world, message)
    this.#transcript.grow({ id: idOf(message), speaker: this.#speaker(message), text, heading: this.#heading(message) })
  }

  /** Slack tells of a change also when only a preview came to a message. */
  #edited(message: Message, previous: Message): void {
    const words = slackWords(this.#world, message)
    if (words === slackWords(this.#world, previous)) return
    const speaker = this.#speaker(message)
    this.#transcript.ledger.remark(speaker, '(edited)')
    this.#transcript.ledger.tell(speaker, words)
  }

  #status({ channelId, threadTs, status }: Extract<ServerEvent, { type: 'status' }>): void {
    const where = `${channelId}:${threadTs}`
    if (status === '') {
      this.#transcript.endSign(where)
      return
    }
    const channel = this.#world.channels.get(channelId)
    const place = channel === undefined ? '' : slackPlaceName(this.#world, channel, threadTs)
    const speaker = { place, name: this.#world.app.name, tone: 'note' } as const
    // Slack takes a status away by itself, and says so.
    this.#transcript.showSign(where, { speaker, words: status, isOver: () => false })
  }

  #note(message: Message, personId: string, text: string): void {
    const { place } = this.#speaker(message)
    this.#transcript.ledger.tell({ place, name: slackNameOf(this.#world, personId), tone: 'note' }, text)
  }

  /** Whose thread Aeries answers in; a DM needs no telling. */
  #heading(message: Message): string | undefined {
    const thread = threadOf(message)
    const root = thread === undefined ? undefined : this.#world.messages.find(message.channelId, thread)
    if (root === undefined || this.#world.channels.get(message.channelId)?.kind === 'im') return undefined
    return `↳ ${slackNameOf(this.#world, root.authorId)}: “${slackExcerpt(this.#world, root)}”`
  }

  #speaker(message: Message): Speaker {
    const channel = this.#world.channels.get(message.channelId)
    const place = channel === undefined ? '' : slackPlaceName(this.#world, channel, threadOf(message))
    const tone = message.botId === undefined ? 'person' : 'aeries'
    return { place, name: slackNameOf(this.#world, message.authorId), tone }
  }
}

function idOf({ channelId, ts }: Message): string {
  return `${channelId}:${ts}`
}
