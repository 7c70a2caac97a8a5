/** One measured number and what it has to reach. */
export type Figure = Readonly<{
  name: string
  value: number
  unit: string
  limit: number
  better: 'lower' | 'higher'
  holds: boolean
}>

export function figure(measured: Omit<Figure, 'holds'>): Figure {
  const { value, limit, better } = measured
  return { ...measured, holds: better === 'lower' ? value <= limit : value >= limit }
}
