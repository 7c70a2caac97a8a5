import type { ControlEvent, DeletedEvent, EditedEvent, MessageEvent } from '#src/core/event.ts'
import { isIgnored } from '#src/core/ignored.ts'
import { Changes } from './changes.ts'
import { controlOf } from './control-button.ts'
import type { ControlName } from './control-name.ts'
import { type ControlParts, Controls, type ControlUse } from './controls.ts'
import { isStop } from './stop-words.ts'

/** All ways in which people take an answer, or what they said, into their own hands. */
export interface ControlDesk {
  act(control: ControlName, use: ControlUse): Promise<void>
  /** The platform's own stop button: only the asker's own answer, nobody ends another's. */
  stop(at: Pick<ControlUse, 'place' | 'person'>): Promise<void>
  /** A tap on a button of ours that is a control; `undefined`: it is another one. */
  tapped(event: ControlEvent): Promise<void> | undefined
  /** A message that says nothing but "stop": it ends the answer that is being given, and is no turn. `undefined`: it says more. */
  stopped(event: MessageEvent): Promise<void> | undefined
  /** Somebody changed or took away what was said. */
  changed(event: EditedEvent | DeletedEvent): Promise<void>
}

/** Of who wants to be left alone nothing more is answered; what is there they may end and delete. */
const asksAgain: readonly ControlName[] = ['regenerate', 'continue']
const leftAlone = 'You told me to ignore you. `/aeries ignore off` ends that.'

type DeskParts = ControlParts & Readonly<{ abort: AbortSignal }>

/** `namesIn`: what Aeries may be called there. */
export function createControls(parts: DeskParts, namesIn: (event: MessageEvent) => readonly string[]): ControlDesk {
  const { store } = parts
  const controls = new Controls(parts)
  const changes = new Changes(parts, controls)

  async function tap(control: ControlName, event: ControlEvent): Promise<void> {
    const { place, person, control: tapped, respond } = event
    const turn = tapped.type === 'button' ? await store.turns.showing(tapped.message) : undefined
    const refuse = (words: string) => respond(words, parts.abort)
    if (asksAgain.includes(control) && (await isIgnored(store.preferences, person.id))) return await refuse(leftAlone)
    if (turn !== undefined) await controls.act(control, { turn, place, person, change: 'added', by: 'button', refuse })
  }

  return {
    act: (control, use) => controls.act(control, use),
    stop: at => controls.stopAt(at),

    tapped(event) {
      const control = event.control.type === 'button' ? controlOf(event.control.action) : undefined
      return control && tap(control, event)
    },

    stopped(event) {
      if (!isStop(event.message.text, namesIn(event))) return undefined
      // Told once more, it shall not end what is asked later.
      return Promise.resolve(store.revisions.once(event.key)).then(async isNews => {
        if (isNews) await controls.stopAt(event, event.at)
      })
    },

    changed: event => (event.type === 'edited' ? changes.edited(event) : changes.deleted(event)),
  }
}
