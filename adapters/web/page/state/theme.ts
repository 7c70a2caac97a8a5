import { ThemeChoice } from '#page/theme.ts'

/** Dark first. */
export const theme = new ThemeChoice('aeries-theme', 'dark')
