import { ThemeChoice } from '#page/theme.ts'

export const theme = new ThemeChoice('aeries-playground-theme', 'auto')
