/** All that Aeries itself ever says to people about a reply: few, kind, fixed, free of details. */

/** Stands in for an answer while the model is away. */
export const restingNotice = 'Aeries is resting. Try again in a moment.'

/** Under an answer that broke off in the middle. */
export const cutOffNote = `This answer broke off here. ${restingNotice}`

/** Under an answer that Aeries' own shutdown ended. */
export const shutdownNote = 'This answer broke off here: Aeries is restarting. Ask again in a moment.'

/** Under an answer that reached the model's limit of length. */
export const lengthNote = 'This is as long as one answer gets. Say "go on" for the rest.'

/** Under the last message of an answer that is too long for messages. */
export const restNote = 'The rest is too long for messages and comes as a file.'

/** Under an answer that Aeries ended because the model said the same over and over. */
export const loopNote = 'Aeries began to repeat itself here and stopped.'
