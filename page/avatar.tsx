import type { VNode } from 'preact'

/** So many hues are told apart; each is a token of the theme. */
const hues = 6

/** A round or square sign for somebody: the first letter on a colour of their own. Beside a name it says nothing new. */
export function Avatar({ name, isBot = false }: { name: string; isBot?: boolean }): VNode {
  const hue = [...name.toLowerCase()].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % hues
  return (
    <span class="avatar" data-hue={isBot ? 'aeries' : hue} aria-hidden="true">
      {isBot ? <Wings /> : name.slice(0, 1).toUpperCase()}
    </span>
  )
}

function Wings(): VNode {
  return (
    <svg viewBox="0 0 24 24" width="62%" height="62%" aria-hidden="true" fill="currentColor">
      <path d="M12 20c-.6-4.6-3-7.7-9.5-9.2 3.500-.4 6.100.2 7.900 1.600C9.300 8.300 6.800 5.500 3.600 3.600 9 4.300 11.300 7.800 12 12c.7-4.200 3-7.700 8.400-8.400-3.200 1.900-5.700 4.700-6.800 8.800 1.800-1.400 4.400-2 7.900-1.600C15 12.300 12.600 15.400 12 20Z" />
    </svg>
  )
}
