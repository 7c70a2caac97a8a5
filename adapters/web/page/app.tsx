import type { VNode } from 'preact'
import { LiveRegion } from '#page/live-region.tsx'
import { TalkPane } from './chat/talk-pane.tsx'
import { focusOn, writeField } from './focus-on.ts'
import { KeysDialog } from './keys-dialog.tsx'
import { Knows } from './knows/knows.tsx'
import { Sidebar } from './side/sidebar.tsx'
import { SignIn } from './sign-in.tsx'
import { toast } from './state/toast.ts'
import { isKeysOpen, isKnowsOpen, isListOpen } from './state/view.ts'
import { session } from './state/who.ts'

/** The whole page: conversations on one side, the open one beside them. */
export function App(): VNode {
  if (session.value === 'nobody') return <SignIn />
  return (
    <div class="app" data-list={isListOpen.value ? 'open' : 'closed'}>
      <button type="button" class="skip" onClick={() => focusOn(writeField)}>
        To the field where you write
      </button>
      <Sidebar />
      {isListOpen.value && (
        <button
          type="button"
          class="veil"
          aria-label="Close the list"
          onClick={() => {
            isListOpen.value = false
          }}
        />
      )}
      <TalkPane />
      {isKnowsOpen.value && <Knows />}
      {isKeysOpen.value && <KeysDialog />}
      {toast.value !== undefined && (
        <p class="toast" aria-hidden="true">
          {toast.value}
        </p>
      )}
      <LiveRegion />
    </div>
  )
}
