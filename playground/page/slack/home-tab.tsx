import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { Scroller } from '#page/scroller.tsx'
import { actAsMe } from '#playground/page/state/act.ts'
import type { ChatStore } from '#playground/page/state/chat-store.ts'
import { slackViews } from '#playground/page/state/inside-store.ts'
import { meOn } from '#playground/page/state/stores.ts'
import { listOf } from './block-text.ts'
import { BlockView } from './block-view.tsx'

/** The app's home, as it was last published for the speaker; opening it tells the app. */
export function HomeTab({ store }: { store: ChatStore }): VNode {
  const me = meOn(store)?.id
  useEffect(() => void actAsMe(store, 'openApp', { tab: 'home' }), [me])
  const home = [...slackViews.value.values()].find(one => one.type === 'home' && one.person === me)
  return (
    <Scroller key={home?.id ?? ''} label="Home of Aeries">
      <div class="home">
        {home === undefined && <p class="hint">Aeries has put nothing here yet.</p>}
        {listOf(home?.view['blocks']).map((block, at) => (
          <BlockView
            key={at}
            store={store}
            block={block}
            press={button => void actAsMe(store, 'clickInView', { button })}
          />
        ))}
      </div>
    </Scroller>
  )
}
