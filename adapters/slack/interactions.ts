import type { z } from 'zod'
import type { Clock } from '#src/core/clock.ts'
import { type PrivateAnswer, type PrivateNote, toldInWords } from '#src/core/event.ts'
import { askedInForm, openForm } from './ask-about.ts'
import { controlled, ofMessage, onHome, slashCommand } from './commands.ts'
import type { Errands } from './errands.ts'
import { faultOf } from './faults.ts'
import type { Told } from './heard.ts'
import { publishHome } from './home.ts'
import { learnWho } from './learning.ts'
import { answerPrivately, privateMessage, sendFile } from './private-answer.ts'
import { commandSchema, homeClickSchema, homeSchema, shortcutSchema, submissionSchema } from './wire.ts'
import type { Workspace } from './workspace.ts'
import type { Workspaces } from './workspaces.ts'

export type InteractionsParts = Readonly<{
  workspaces: () => Workspaces | undefined
  errands: Errands
  clock: Clock
  tell: (told: Told, workspace: Workspace) => void
}>

/** What people do with commands, shortcuts, forms and the home tab; acknowledged already. */
export class Interactions {
  readonly #parts: InteractionsParts

  constructor(parts: InteractionsParts) {
    this.#parts = parts
  }

  /** False: the body is something else. */
  take(body: unknown): boolean {
    return this.#command(body) || this.#shortcut(body) || this.#form(body) || this.#homeClick(body)
  }

  /** Somebody opened the home tab: it shows what `me` tells. */
  opened(event: unknown, workspace: Workspace): void {
    const { user, channel, tab } = homeSchema.parse(event)
    if (tab === 'home') this.#showMe({ user, channel }, workspace, [])
  }

  #command(body: unknown): boolean {
    return this.#read(
      commandSchema,
      body,
      given => given.team_id,
      (given, workspace) => {
        const { user_id: user, channel_id: channel } = given
        const respond = this.#byAddress(given.response_url, user, workspace)
        this.#after(learnWho(user, channel, workspace, this.#signal), () =>
          this.#parts.tell(slashCommand(given, this.#parts.clock.now(), respond, workspace), workspace),
        )
      },
    )
  }

  #shortcut(body: unknown): boolean {
    return this.#read(
      shortcutSchema,
      body,
      given => given.team.id,
      (given, workspace) => {
        const { user, channel } = given
        if (given.callback_id === 'ask') {
          void this.#parts.errands.run('form', signal => openForm(given, workspace, signal))
          return
        }
        const respond = this.#byAddress(given.response_url, user.id, workspace)
        this.#after(learnWho(user.id, channel.id, workspace, this.#signal), () =>
          this.#parts.tell(ofMessage(given, 'why', respond, workspace), workspace),
        )
      },
    )
  }

  #form(body: unknown): boolean {
    return this.#read(
      submissionSchema,
      body,
      given => given.team.id,
      (given, workspace) => {
        void this.#parts.errands.run('ask about a message', async signal => {
          const asked = await askedInForm(given, workspace, this.#parts.clock, signal)
          if (asked === undefined) return
          this.#parts.tell(asked.told, workspace)
          if (asked.from === asked.told.place.channel) return
          const respond = answerPrivately(workspace, { channel: asked.from, thread: undefined, user: given.user.id })
          await respond('I answer you in our DM.', signal)
        })
      },
    )
  }

  /** What a button of the home tab does is shown above what is known then. */
  #homeClick(body: unknown): boolean {
    return this.#read(
      homeClickSchema,
      body,
      given => given.team.id,
      (given, workspace) => {
        const user = given.user.id
        const channel = given.view.private_metadata ?? ''
        const at = { user, channel }
        const isPage = given.actions[0]?.value?.startsWith('do:me') === true
        const respond: PrivateAnswer = async (words, signal) => {
          const note = toldInWords(words)
          if (note.file) await sendFile(workspace, user, note.file, signal)
          if (isPage) await publishHome(workspace, at, [note], signal)
          else this.#showMe(at, workspace, [note])
        }
        const event = onHome(given, channel, this.#quietly(respond, workspace), workspace)
        if (event !== undefined) this.#parts.tell(event, workspace)
      },
    )
  }

  #showMe(at: Readonly<{ user: string; channel: string }>, workspace: Workspace, above: readonly PrivateNote[]): void {
    const now = this.#parts.clock.now()
    const respond: PrivateAnswer = (words, signal) => publishHome(workspace, at, [...above, toldInWords(words)], signal)
    const by = { ...at, key: `home:${at.user}:${now.getTime()}`, at: now }
    this.#after(learnWho(at.user, at.channel, workspace, this.#signal), () => {
      const me = { type: 'command', verb: 'me', words: '' } as const
      this.#parts.tell(controlled(by, me, this.#quietly(respond, workspace), workspace), workspace)
    })
  }

  /** By the address that came with it, which also works where Aeries is no member; a file comes into their DM. */
  #byAddress(url: string, user: string, workspace: Workspace): PrivateAnswer {
    return this.#quietly(async (words, signal) => {
      const note = toldInWords(words)
      await workspace.api.respond(url, { response_type: 'ephemeral', ...privateMessage(note) }, signal)
      if (note.file) await sendFile(workspace, user, note.file, signal)
    }, workspace)
  }

  #quietly(respond: PrivateAnswer, workspace: Workspace): PrivateAnswer {
    return async (words, signal) => {
      try {
        await respond(words, signal)
      } catch (error) {
        signal.throwIfAborted()
        workspace.log.debug({ fault: faultOf(error) }, 'a private answer was not shown')
      }
    }
  }

  #after(learning: Promise<unknown> | undefined, tell: () => void): void {
    if (learning === undefined) tell()
    else void this.#parts.errands.run('learn who', () => learning.then(tell))
  }

  get #signal(): AbortSignal {
    return this.#parts.errands.signal
  }

  #read<Schema extends z.ZodType>(
    schema: Schema,
    body: unknown,
    teamOf: (given: z.infer<Schema>) => string,
    work: (given: z.infer<Schema>, workspace: Workspace) => void,
  ): boolean {
    const read = schema.safeParse(body)
    const workspace = read.success ? this.#parts.workspaces()?.known(teamOf(read.data)) : undefined
    if (read.success && workspace !== undefined) work(read.data, workspace)
    return read.success
  }
}
