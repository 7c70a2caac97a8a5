import type { Clock } from '#src/core/clock.ts'
import type { Log } from '#src/core/log.ts'
import type { ChatModel } from '#src/core/model.ts'
import type { Persona } from '#src/core/persona.ts'
import type { Place } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'
import type { Telemetry } from '#src/core/telemetry.ts'
import type { TurnFiles } from './files/turn-files.ts'
import type { LearningParts } from './learning-parts.ts'
import type { Pace } from './view-parts.ts'
import type { WriteBudget } from './write-budget.ts'

/** What every answer needs, whoever asks. */
export type AnswerParts = Readonly<{
  store: Store
  model: ChatModel
  budget: WriteBudget
  clock: Clock
  log: Log
  /** Who Aeries is there: the chosen one, if there is one of that name. */
  persona(place: Place, chosen?: string): Persona
  /** All that it can be; of one alone there is nothing to choose. */
  personas?(): readonly Persona[]
  /** How replies grow where nobody chose otherwise; `live` unless said. */
  pace?: Pace
  /** Under which `why` tells it. */
  modelName?: string
  /** Where answers have their controls as buttons; nowhere unless said, since emoji do the same. */
  buttons?: 'dm' | 'off'
  /** IANA name of the zone that the model is told the time in. */
  timeZone: string
  /** Tokens that an answer may take. */
  maxTokens: number
  telemetry?: Telemetry | undefined
  /** Reads what comes with questions; without it nothing is. */
  files?: TurnFiles
  /** Without it nobody is learnt from. */
  learning?: LearningParts | undefined
}>
