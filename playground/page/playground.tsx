import type { VNode } from 'preact'
import { LiveRegion } from '#page/live-region.tsx'
import { Pane } from './chat/pane.tsx'
import { Inside } from './inside/inside.tsx'
import { trouble } from './state/act.ts'
import { stores } from './state/stores.ts'
import { view, viewLabels, views } from './state/view.ts'
import { TopBar } from './top-bar.tsx'

/** The whole page: both platforms beside each other, and the inside beside them; on a phone one of them at a time. */
export function Playground(): VNode {
  return (
    <div class="page" data-view={view.value}>
      <TopBar />
      <main class="stage">
        <Pane store={stores.discord} />
        <Pane store={stores.slack} />
        <Inside />
      </main>
      <nav class="views" aria-label="What is in sight">
        {views.map(name => (
          <button
            key={name}
            type="button"
            aria-current={view.value === name ? 'page' : undefined}
            onClick={() => {
              view.value = name
            }}
          >
            {viewLabels[name]}
          </button>
        ))}
      </nav>
      {trouble.value !== undefined && (
        <div class="trouble" role="alert">
          <span>{trouble.value}</span>
          <button type="button" aria-label="Close" onClick={() => (trouble.value = undefined)}>
            ×
          </button>
        </div>
      )}
      <LiveRegion />
    </div>
  )
}
