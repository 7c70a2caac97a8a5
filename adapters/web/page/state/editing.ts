import { signal } from '@preact/signals'
import type { Turn } from './turn.ts'

/** Whose question is being changed. */
export const editing = signal<Turn | undefined>(undefined)
