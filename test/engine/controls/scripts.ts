/** What the model says: "Answer 0.", "Answer 1.", each after a moment. */
export const numbered = (_: unknown, count: number) => [100, `Answer ${count}.`]

/** An answer with a pause in which a test can do something to it. */
export const long = () => ['Once upon a time. ', 5_000, 'The end.']
