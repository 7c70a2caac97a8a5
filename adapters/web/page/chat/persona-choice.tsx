import type { VNode } from 'preact'
import type { OpenTalk } from '#adapters/web/page/state/open-talk.ts'
import { choosePersona, chosenPersona, personas } from '#adapters/web/page/state/personas.ts'
import { tried } from '#adapters/web/page/state/toast.ts'

/** Who Aeries is in this conversation. With one voice there is nothing to choose. */
export function PersonaChoice({ talk }: { talk: OpenTalk | undefined }): VNode | null {
  const all = personas.value
  if (all.length < 2) return null
  const chosen = (talk === undefined ? chosenPersona.value : talk.persona.value) ?? all[0]?.name ?? ''
  return (
    <label class="persona">
      <span class="unseen">Voice</span>
      <select
        value={chosen}
        title={all.find(({ name }) => name === chosen)?.about ?? 'Who Aeries is here'}
        onChange={({ currentTarget }) => void tried(() => choosePersona(talk, currentTarget.value))}
      >
        {all.map(({ name, about }) => (
          <option key={name} value={name} title={about ?? ''}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
