import type { VNode } from 'preact'
import { Avatar } from '#page/avatar.tsx'
import { about, isConnected, weather } from './state/inside-store.ts'
import { speaker, speakers } from './state/stores.ts'
import { theme } from './state/theme.ts'
import { WeatherPanel } from './weather-panel.tsx'

const serviceWords = { starting: 'starting…', running: 'running', stopping: 'stopping…', stopped: 'stopped' } as const

export function TopBar(): VNode {
  return (
    <header class="top">
      <h1 class="wordmark">
        <Avatar name="Aeries" isBot /> Aeries <span class="top-sub">playground</span>
      </h1>
      <Speakers />
      <p class="top-model" title={about.value?.model}>
        <ServiceLamp />
        <span class="top-words">
          {about.value?.isStandIn ? 'scripted model, no language model' : about.value?.model}
        </span>
      </p>
      {about.value !== undefined && (
        <a class="button top-web" href={about.value.web} target="_blank" rel="noopener">
          Web <span aria-hidden="true">↗</span>
        </a>
      )}
      <WeatherPanel />
      <ThemeSwitch />
    </header>
  )
}

function ServiceLamp(): VNode {
  const state = isConnected.value ? (weather.value?.service ?? 'starting') : 'stopped'
  const words = isConnected.value ? `Aeries is ${serviceWords[state]}` : 'The playground is gone'
  return (
    <span class="lamp" data-state={state}>
      {words}
    </span>
  )
}

/** Who one speaks as, on both platforms at once. */
function Speakers(): VNode {
  return (
    <fieldset class="speakers">
      <legend class="unseen">Speak as</legend>
      {speakers.value.map(({ handle, name }) => (
        <label key={handle} class="speaker">
          <input
            type="radio"
            name="speaker"
            checked={speaker.value === handle}
            onChange={() => {
              speaker.value = handle
            }}
          />
          <Avatar name={capitalised(name)} />
          <span>{capitalised(name)}</span>
        </label>
      ))}
    </fieldset>
  )
}

function ThemeSwitch(): VNode {
  const [now, next] = [theme.now.value, theme.next]
  const symbols = { auto: '◐', light: '☀', dark: '☾' } as const
  return (
    <button type="button" class="button round" title={`Theme: ${now}`} onClick={() => theme.choose(next)}>
      <span aria-hidden="true">{symbols[now]}</span>
      <span class="unseen">
        Theme: {now}. Switch to {next}
      </span>
    </button>
  )
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
