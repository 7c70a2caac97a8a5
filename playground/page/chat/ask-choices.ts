import { type Signal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { interactions } from '#playground/page/state/inside-store.ts'
import type { Json, PlaceView } from '#playground/page/wire.ts'
import type { Choice } from './completions.ts'
import { optionsOf, readCommand } from './read-command.ts'

/** The client asks the app once nothing was typed for so long. */
const pauseMs = 150

/** What was asked last; `wanted` is what had been typed then. */
const asked: Signal<Readonly<{ id: string; wanted: string; prefix: string }> | undefined> = signal(undefined)

/**
 * Asks the app itself, in Discord, what the option may become that is being typed. Returns what it offered for a line: nothing, unless it was
 * asked about that very line. Keys may come faster than either the app's answer or the page.
 */
export function useAskedChoices(store: ChatStore, place: PlaceView, line: string): (line: string) => readonly Choice[] {
  const typing = completing(store, line)
  const wanted = typing && wantedOf(typing)
  useEffect(() => {
    asked.value = undefined
    if (typing === undefined || wanted === undefined) return
    const timer = setTimeout(async () => {
      const begun = await actAsMe<{ id: string }>(store, 'complete', { place: place.id, ...typing })
      if (begun) asked.value = { id: begun.id, wanted, prefix: `${typing.option}:` }
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [wanted])
  return line => askedChoices(completing(store, line))
}

function askedChoices(typing: Completing | undefined): readonly Choice[] {
  if (typing === undefined || asked.value?.wanted !== wantedOf(typing)) return []
  const { id, prefix } = asked.value
  const choices = interactions.value.get(id)?.shown?.['choices']
  if (!Array.isArray(choices)) return []
  return (choices as readonly Json[]).map(({ name, value }) => ({
    label: String(name),
    description: '',
    text: `${prefix}${String(value)}`,
    isWhole: typing.text === String(value),
  }))
}

type Completing = Readonly<{ typed: string; option: string; text: string }>

function wantedOf({ typed, option, text }: Completing): string {
  return `${typed} ${option} ${text}`
}

function completing(store: ChatStore, line: string): Completing | undefined {
  if (store.platform !== 'discord') return undefined
  const commands = store.scene.value?.commands ?? []
  const command = line.startsWith('/') ? readCommand(line, commands) : undefined
  if (command === undefined) return undefined
  const [name = '', sub] = command.typed.split(' ')
  const whole = commands.find(one => one.name === name)?.options ?? []
  const inner = whole.find(one => one['name'] === sub)
  const options = inner ? optionsOf(inner) : whole
  const [option, text] = Object.entries(command.options).at(-1) ?? []
  const found = options.find(one => one['name'] === option)
  // A bare word is the first option's value only once it was named.
  const isNamed = option !== undefined && line.includes(`${option}:`)
  if (found?.['autocomplete'] !== true || text === undefined || option === undefined || !isNamed) return undefined
  return { typed: command.typed, option, text }
}
