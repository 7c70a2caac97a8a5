import { signal } from '@preact/signals'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'aeries-playground-theme'

export const theme = signal<Theme>(stored())

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  localStorage.setItem(key, chosen)
  applyTheme()
}

/** `auto` is what the system says. */
export function applyTheme(): void {
  if (theme.value === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme.value
}

function stored(): Theme {
  const known = localStorage.getItem(key)
  return themes.find(one => one === known) ?? 'auto'
}
