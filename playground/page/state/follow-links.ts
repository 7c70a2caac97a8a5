import { open, stores } from './stores.ts'

/** Both platforms give every message an address. Here it leads to where that message stands on this page. */
export function followLinks(): void {
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const found = link && (discordMessage(link.href) ?? slackMessage(link.href))
    if (!found) return
    event.preventDefault()
    const { store, place, thread, id } = found
    open(store, place, thread)
    // It is drawn by then; to wait for a frame would take the focus from whoever is quicker.
    queueMicrotask(() => show(id))
  })
}

function show(id: string): void {
  const message = document.querySelector<HTMLElement>(`.message[data-id="${CSS.escape(id)}"]`)
  message?.scrollIntoView({ block: 'center' })
  message?.focus()
}

function discordMessage(address: string) {
  const [, place, id] = /\/channels\/(?:@me|\d+)\/(\d+)\/(\d+)$/.exec(address) ?? []
  return place && id && stores.discord.message(id) ? { store: stores.discord, place, thread: undefined, id } : undefined
}

/** The ts is in it without its dot. */
function slackMessage(address: string) {
  const [, place, seconds, rest] = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:\?|$)/.exec(address) ?? []
  const id = `${place}:${seconds}.${rest}`
  const message = stores.slack.message(id)?.peek()
  if (place === undefined || message === undefined) return undefined
  return { store: stores.slack, place, thread: message.thread, id }
}
