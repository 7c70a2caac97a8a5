import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { calls } from '#playground/page/state/inside-store.ts'
import type { CallView } from '#playground/page/wire.ts'
import { briefOf } from './briefs.ts'
import { Fact } from './fact.tsx'

const chosen = signal<number | undefined>(undefined)

/** What the model was asked, word for word, with the lines of the brief told apart. */
export function PromptTab(): VNode {
  const all = calls.value.toReversed().slice(0, 20)
  const call = all.find(({ id }) => id === chosen.value) ?? all.find(({ kind }) => kind === 'chat') ?? all[0]
  if (call === undefined) return <p class="hint">Nothing was asked of the model yet.</p>
  return (
    <>
      <label class="choose">
        Request
        <select
          value={String(call.id)}
          onChange={({ currentTarget }) => {
            chosen.value = Number(currentTarget.value)
          }}
        >
          {all.map(({ id, kind, receivedAt, outcome }) => (
            <option key={id} value={String(id)}>
              {`#${id} ${kind === 'chat' ? 'answer' : 'observer'} ${new Date(receivedAt).toLocaleTimeString()} ${outcome}`}
            </option>
          ))}
        </select>
      </label>
      <div class="facts">
        <Fact name="prompt tokens" value={call.promptTokens === 0 ? '–' : String(call.promptTokens)} />
        <Fact
          name="of them cached"
          value={call.promptTokens === 0 ? '–' : `${Math.round((100 * call.cachedTokens) / call.promptTokens)} %`}
        />
        <Fact name="messages" value={String(call.messages.length)} />
      </div>
      <PromptView call={call} />
      <details>
        <summary>Settings of the request</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
        <pre class="rich-code" tabIndex={0}>
          <code>{JSON.stringify(call.settings, undefined, 2)}</code>
        </pre>
      </details>
    </>
  )
}

function PromptView({ call }: { call: CallView }): VNode {
  const lines = briefOf(call.request)?.brief.lines.map(({ text }) => text) ?? []
  return (
    <ol class="prompt">
      {call.messages.map(({ role, content }, at) => (
        <li key={at} data-role={role}>
          <span class="role">{role}</span>
          <p>{withMarks(content, lines)}</p>
        </li>
      ))}
      {call.text !== '' && (
        <li data-role="answer">
          <span class="role">answer</span>
          <p>{call.text}</p>
        </li>
      )}
    </ol>
  )
}

function withMarks(text: string, lines: readonly string[]) {
  const wanted = lines.filter(line => line !== '' && text.includes(line))
  if (wanted.length === 0) return text
  const pattern = new RegExp(`(${wanted.map(line => RegExp.escape(line)).join('|')})`)
  return text.split(pattern).map((part, at) =>
    wanted.includes(part) ? (
      <mark key={at} title="From the brief: what is known of this person">
        {part}
      </mark>
    ) : (
      part
    ),
  )
}
