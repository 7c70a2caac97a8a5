import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { BriefTab } from './brief-tab.tsx'
import { LiveTab } from './live-tab.tsx'
import { LogTab } from './log-tab.tsx'
import { PromptTab } from './prompt-tab.tsx'
import { WritesTab } from './writes-tab.tsx'

const tabs = [
  ['live', 'Live', LiveTab],
  ['prompt', 'Prompt', PromptTab],
  ['brief', 'Learning', BriefTab],
  ['writes', 'Writes', WritesTab],
  ['log', 'Log', LogTab],
] as const

const shown = signal<(typeof tabs)[number][0]>('live')

/** What happens inside Aeries while people talk to it. */
export function Inside(): VNode {
  const list = useRef<HTMLDivElement>(null)
  const [, , Tab] = tabs.find(([name]) => name === shown.value) ?? tabs[0]
  const move = ({ key }: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
    if (step === undefined) return
    const at = tabs.findIndex(([name]) => name === shown.value)
    const next = (at + step + tabs.length) % tabs.length
    shown.value = tabs[next]?.[0] ?? 'live'
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  return (
    <section class="inside" aria-label="Inside Aeries">
      <header class="inside-head">
        <h2>Inside</h2>
        <div class="inside-tabs" role="tablist" aria-label="Inside" ref={list} onKeyDown={move}>
          {tabs.map(([name, label]) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={shown.value === name}
              aria-controls="inside-panel"
              tabIndex={shown.value === name ? 0 : -1}
              onClick={() => (shown.value = name)}
            >
              {label}
            </button>
          ))}
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <div class="inside-panel" id="inside-panel" role="tabpanel" tabIndex={0} aria-labelledby={`tab-${shown.value}`}>
        <Tab />
      </div>
    </section>
  )
}
