import type { VNode } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type Props = Readonly<{
  icon: IconName
  name: string
  isPressed?: boolean | undefined
  hint?: string
  onClick(): void
}>

/** A small button that shows what it does, and says it. */
export function IconButton({ icon, name, isPressed, hint, onClick }: Props): VNode {
  return (
    <button
      type="button"
      class="icon-button"
      title={hint === undefined ? name : `${name} (${hint})`}
      aria-label={name}
      {...(isPressed !== undefined && { 'aria-pressed': isPressed })}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}
