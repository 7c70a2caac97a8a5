/** Who Aeries is in a place. The words are the operator's and trusted. */
export type Persona = Readonly<{
  name: string
  /** Voice and rules, in markdown. */
  voice: string
}>
