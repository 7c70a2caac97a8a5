import { explanationTriggers } from './explanation-triggers.ts'
import { formTriggers } from './form-triggers.ts'
import { languageTriggers } from './language-triggers.ts'
import { lengthTriggers } from './length-triggers.ts'
import { toneTriggers } from './tone-triggers.ts'
import type { Trigger } from './triggers.ts'

/** How people say how they want to be answered. What is normalised has one meaning whatever else the words say. */
export const styleTriggers: readonly Trigger[] = [
  ...lengthTriggers,
  ...formTriggers,
  ...toneTriggers,
  ...explanationTriggers,
  ...languageTriggers,
]
