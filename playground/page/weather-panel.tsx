import type { VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { turnWeather } from './state/act.ts'
import { about, weather } from './state/inside-store.ts'

/** The switches for what may go wrong around Aeries. */
export function WeatherPanel(): VNode {
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  // Before the next key, which may be the one that closes it.
  useLayoutEffect(() => {
    if (!isOpen) return
    const outside = ({ target }: MouseEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false)
    }
    const leave = ({ key }: KeyboardEvent) => key === 'Escape' && close()
    document.addEventListener('pointerdown', outside)
    document.addEventListener('keydown', leave)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('keydown', leave)
    }
  }, [isOpen])
  return (
    <div class="weather" ref={box}>
      <button ref={button} type="button" class="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true">{symbol()}</span> Weather
      </button>
      {isOpen && <Switches />}
    </div>
  )
}

function symbol(): string {
  const now = weather.value
  if (now === undefined || now.service !== 'running' || now.model === 'down') return '⛈'
  return now.model === 'slow' || now.cutsNext || now.limits.discord || now.limits.slack ? '🌧' : '☀'
}

function Switches(): VNode | null {
  const now = weather.value
  if (now === undefined) return null
  const isGone = now.service === 'stopped'
  const isBusy = now.service === 'starting' || now.service === 'stopping'
  return (
    <section class="weather-panel" aria-label="Weather">
      <fieldset>
        <legend>The model</legend>
        {(['fair', 'slow', 'down'] as const).map(state => (
          <label key={state}>
            <input
              type="radio"
              name="model"
              checked={now.model === state}
              onChange={() => void turnWeather(state === 'fair' ? 'up' : state)}
            />
            {{ fair: 'Up', slow: 'Slow', down: 'Down' }[state]}
          </label>
        ))}
        <button type="button" disabled={now.cutsNext} onClick={() => void turnWeather('cut')}>
          {now.cutsNext ? 'The next answer breaks off' : 'Cut the next answer off'}
        </button>
      </fieldset>
      {(['discord', 'slack'] as const).map(platform => (
        <fieldset key={platform}>
          <legend>{platform === 'discord' ? 'Discord' : 'Slack'}</legend>
          <label>
            <input
              type="checkbox"
              checked={now.limits[platform]}
              onChange={() => void turnWeather('limits', platform)}
            />
            Every second write is a 429
          </label>
          <button type="button" onClick={() => void turnWeather('drop', platform)}>
            {platform === 'discord' ? 'Drop the gateway' : 'Drop the socket'}
          </button>
        </fieldset>
      ))}
      <fieldset>
        <legend>The service</legend>
        <button type="button" disabled={isGone || isBusy} onClick={() => void turnWeather('kill')}>
          kill -9 and start
        </button>
        <button type="button" disabled={isGone || isBusy} onClick={() => void turnWeather('restart')}>
          Restart
        </button>
        <button type="button" disabled={isBusy} onClick={() => void turnWeather(isGone ? 'start' : 'stop')}>
          {isGone ? 'Start' : 'Stop'}
        </button>
      </fieldset>
      <p class="hint">What Aeries knows stays: {about.value?.database}</p>
    </section>
  )
}
