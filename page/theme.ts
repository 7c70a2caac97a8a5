import { type ReadonlySignal, signal } from '@preact/signals'

/** `auto` is what the system says. */
export const themes = ['dark', 'light', 'auto'] as const
export type Theme = (typeof themes)[number]

/** How a page looks, from now on and as this browser remembers it under that key. */
export class ThemeChoice {
  readonly #key: string
  readonly #now

  constructor(key: string, usual: Theme) {
    this.#key = key
    this.#now = signal<Theme>(themes.find(one => one === localStorage.getItem(key)) ?? usual)
    this.#apply()
  }

  get now(): ReadonlySignal<Theme> {
    return this.#now
  }

  /** What comes after the one that is. */
  get next(): Theme {
    return themes[(themes.indexOf(this.#now.value) + 1) % themes.length] ?? 'auto'
  }

  choose(chosen: Theme): void {
    this.#now.value = chosen
    localStorage.setItem(this.#key, chosen)
    this.#apply()
  }

  #apply(): void {
    const { dataset } = document.documentElement
    const theme = this.#now.peek()
    if (theme === 'auto') delete dataset['theme']
    else dataset['theme'] = theme
  }
}
