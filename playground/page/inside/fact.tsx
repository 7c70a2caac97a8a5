import type { VNode } from 'preact'

export function Fact({ name, value, isBig = false }: { name: string; value: string; isBig?: boolean }): VNode {
  return (
    <p class="fact" data-big={isBig}>
      <strong>{value}</strong>
      <span>{name}</span>
    </p>
  )
}
