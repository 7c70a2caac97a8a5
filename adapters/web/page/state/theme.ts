import { signal } from '@preact/signals'

/** Dark first; `auto` is what the system says. */
export const themes = ['dark', 'light', 'auto'] as const
export type Theme = (typeof themes)[number]

const key = 'aeries-theme'

export const theme = signal<Theme>(stored())

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  localStorage.setItem(key, chosen)
  applyTheme()
}

export function applyTheme(): void {
  const { dataset } = document.documentElement
  if (theme.value === 'auto') delete dataset['theme']
  else dataset['theme'] = theme.value
}

function stored(): Theme {
  const known = localStorage.getItem(key)
  return themes.find(one => one === known) ?? 'dark'
}
