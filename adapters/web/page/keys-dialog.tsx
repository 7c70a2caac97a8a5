import type { VNode } from 'preact'
import { Dialog } from './dialog.tsx'
import { keys } from './keys.ts'
import { isKeysOpen } from './state/view.ts'

export function KeysDialog(): VNode {
  return (
    <Dialog title="Keys" kind="card" onClose={() => (isKeysOpen.value = false)}>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map(one => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
