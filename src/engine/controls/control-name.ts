/** What a person can have done with an answer, by an emoji or a button. */
export type ControlName = 'stop' | 'regenerate' | 'continue' | 'delete'
