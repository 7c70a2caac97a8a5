import { signal } from '@preact/signals'

/** What is in sight where not everything fits beside each other. */
export const views = ['discord', 'slack', 'inside'] as const
export type ViewName = (typeof views)[number]

export const view = signal<ViewName>('discord')
export const viewLabels: Readonly<Record<ViewName, string>> = { discord: 'Discord', slack: 'Slack', inside: 'Inside' }
