import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { Avatar } from '#page/avatar.tsx'
import { signIn } from './state/session.ts'

/** Where somebody is not known yet: a code from a place where they are. */
export function SignIn(): VNode {
  const [code, trouble, isBusy] = [useSignal(''), useSignal(''), useSignal(false)]
  const send = async (event: Event) => {
    event.preventDefault()
    isBusy.value = true
    try {
      await signIn(code.value.trim())
    } catch (error) {
      trouble.value = error instanceof Error ? error.message : 'That did not work.'
    }
    isBusy.value = false
  }
  return (
    <main class="sign-in">
      <form onSubmit={event => void send(event)}>
        <Avatar name="Aeries" isBot />
        <h1>Good to see you</h1>
        <p>
          Write <code>/aeries link</code> to Aeries in Discord or Slack. She gives you a code, alone for you, that opens
          this door: here you are the same person as there.
        </p>
        <label>
          <span>Your code</span>
          <input
            autocomplete="one-time-code"
            value={code.value}
            aria-describedby="sign-in-trouble"
            onInput={({ currentTarget }) => (code.value = currentTarget.value)}
          />
        </label>
        <p id="sign-in-trouble" role="alert" class="trouble-words">
          {trouble.value}
        </p>
        <button type="submit" class="button button-main" disabled={isBusy.value || code.value.trim() === ''}>
          Come in
        </button>
      </form>
    </main>
  )
}
