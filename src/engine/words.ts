/** All that Aeries itself ever says to people about a reply: few, kind, fixed, free of details. */

/** Stands in for an answer while the model is away. */
export const restingNotice = 'Aeries is resting. Try again in a moment.'

/** Under an answer that broke off in the middle. */
export const cutOffNote = `This answer broke off here. ${restingNotice}`

/** Stands in for an answer while others are answered before it. */
export const busyNotice = 'Many people are asking at this moment. Your answer comes as soon as it is your turn.'

/** Under an answer that Aeries' own shutdown interrupts: the next process goes on with it. */
export const shutdownNote = 'Aeries is restarting. This answer goes on as soon as it is back.'

/** Under an answer that a crash interrupted, while the model is not there to go on with it. */
export const interruptedNote = 'This answer was interrupted here. It goes on as soon as Aeries can.'

/** Under an answer that a crash interrupted too long ago for anybody to wait for the rest. */
export const abandonedNote = 'This answer broke off here. Ask again if you still need it.'

/** Under an answer to what was asked while Aeries was away. */
export const lateNote = 'Sorry for the wait: Aeries was away.'

/** Offers an answer to what was asked while Aeries was away for long. */
export const offerNotice = 'You wrote while Aeries was away. Do you still want an answer?'
export const answerNowLabel = 'Answer now'

/** Under an answer that its asker stopped. */
export const stoppedNote = 'Stopped.'

/** Under an answer that reached the model's limit of length. */
export const lengthNote = 'This is as long as one answer gets. Say "go on" for the rest.'

/** Under the last message of an answer that is too long for messages. */
export const restNote = 'The rest is too long for messages and comes as a file.'

/** Under an answer that Aeries ended because the model said the same over and over. */
export const loopNote = 'Aeries began to repeat itself here and stopped.'
