import type { VNode } from 'preact'
import { focusOn, writeField } from '#adapters/web/page/focus-on.ts'
import { draft } from '#adapters/web/page/state/draft.ts'
import { Avatar } from '#page/avatar.tsx'

const beginnings = [
  ['Tell me a story', 'Tell me a story about a lighthouse.'],
  ['Help me write', 'Help me write a kind note to a neighbour about noise.'],
  ['Explain', 'Explain how tides work, in plain words.'],
  ['Some code', 'Show me code that debounces a function.'],
] as const

/** Before the first words: who is here, and some ways to begin. */
export function Welcome(): VNode {
  const begin = (words: string) => {
    draft('').value = words
    focusOn(writeField)
  }
  return (
    <section class="welcome" aria-label="Begin">
      <div class="welcome-inside">
        <Avatar name="Aeries" isBot />
        <p class="welcome-greeting">{greeting(new Date().getHours())}</p>
        <p class="welcome-words">
          What is on your mind? I learn how you like to be talked to, and you can see all of it.
        </p>
        <ul>
          {beginnings.map(([label, words]) => (
            <li key={label}>
              <button type="button" onClick={() => begin(words)}>
                <strong>{label}</strong>
                <span>{words}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function greeting(hour: number): string {
  if (hour < 5) return 'Still up?'
  if (hour < 11) return 'Good morning.'
  if (hour < 18) return 'Good to see you.'
  return 'Good evening.'
}
