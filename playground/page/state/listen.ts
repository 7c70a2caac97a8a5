import { batch } from '@preact/signals'
import type { PageEvent, Snapshot } from '#playground/page/wire.ts'
import { trouble } from './act.ts'
import { hear } from './announcing.ts'
import * as inside from './inside-store.ts'
import { stores } from './stores.ts'
import { trace } from './traces.ts'

/** Hears of everything that happens, from how it stands now on. The browser connects again by itself, and then begins anew. */
export function listen(): void {
  const source = new EventSource('/events')
  source.onopen = () => {
    inside.isConnected.value = true
  }
  source.onerror = () => {
    inside.isConnected.value = false
  }
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as PageEvent
    batch(() => take(event))
    hear(event)
    trace(event)
  }
}

function take(event: PageEvent): void {
  switch (event.type) {
    case 'snapshot':
      begin(event.snapshot)
      return
    case 'scene':
      stores[event.scene.platform].scene.value = event.scene
      return
    case 'message':
      stores[event.message.platform].take(event.message)
      return
    case 'sign':
      stores[event.sign.platform].sign(event.sign)
      return
    case 'interaction':
      if (event.interaction.state === 'failed') trouble.value = 'This interaction failed'
      inside.interactions.value = new Map(inside.interactions.value).set(event.interaction.id, event.interaction)
      return
    case 'view':
      inside.slackViews.value = new Map(inside.slackViews.value).set(event.view.id, event.view)
      return
    case 'session':
      inside.sessions.value = new Map(inside.sessions.value).set(keyOf(event.session), event.session)
      return
    case 'prompts':
      inside.prompts.value = new Map(inside.prompts.value).set(event.prompts.place, event.prompts)
      return
    case 'call':
      inside.calls.value = inside.added(inside.calls.value, event.call)
      return
    case 'grown':
      inside.grown(event.call)
      return
    case 'write':
      inside.writes.value = inside.added(inside.writes.value, event.write)
      return
    case 'inside':
      inside.seen(event.inside)
      return
    case 'weather':
      inside.weather.value = event.weather
      return
    case 'line':
      inside.lines.value = inside.added(inside.lines.value, event.line)
      return
    default:
      event satisfies never
  }
}

function begin(snapshot: Snapshot): void {
  const { scenes, messages, signs } = snapshot
  for (const store of Object.values(stores)) {
    const isIts = ({ platform }: Readonly<{ platform: string }>) => platform === store.platform
    store.begin(scenes[store.platform], messages.filter(isIts), signs.filter(isIts))
  }
  inside.about.value = snapshot.about
  inside.weather.value = snapshot.weather
  inside.calls.value = snapshot.calls
  inside.writes.value = snapshot.writes
  inside.happenings.value = []
  for (const one of snapshot.inside) inside.seen(one)
  inside.lines.value = snapshot.lines
  inside.slackViews.value = new Map(snapshot.views.map(view => [view.id, view]))
  inside.sessions.value = new Map(snapshot.sessions.map(session => [keyOf(session), session]))
  inside.prompts.value = new Map(snapshot.prompts.map(one => [one.place, one]))
}

function keyOf({ place, thread }: Readonly<{ place: string; thread: string }>): string {
  return `${place}:${thread}`
}
