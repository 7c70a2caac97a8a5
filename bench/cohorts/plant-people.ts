import type { Slot } from '#src/core/claim.ts'
import { type Taste, type TasteSlot, tasteSlots } from '#src/core/cohorts.ts'
import { eventKey, messageId, type PersonId, personId } from '#src/core/ids.ts'
import { scopeHeardIn } from '#src/core/learning-scope.ts'
import type { Statement } from '#src/core/lesson.ts'
import type { Person } from '#src/core/person.ts'
import type { Place } from '#src/core/place.ts'
import type { SessionId } from '#src/core/session.ts'
import type { Store } from '#src/core/store.ts'
import { workspaceOf } from '#src/core/workspace.ts'
import { statementOf } from '#src/observer/statements.ts'

/** How likely people of a style like each value; the rest of them like another value of the slot, or say nothing of it. */
export type Style = Readonly<Partial<Record<TasteSlot, readonly [value: string, chance: number, other?: string]>>>

export const brisk: Style = {
  reply_length: ['short', 0.9, 'long'],
  reply_format: ['bullets', 0.8, 'prose'],
  tone: ['casual', 0.9, 'direct'],
  emoji_use: ['more', 0.8, 'few'],
}
export const thorough: Style = {
  reply_length: ['long', 0.9, 'short'],
  reply_format: ['headings', 0.8, 'prose'],
  tone: ['formal', 0.9, 'serious'],
  emoji_use: ['none', 0.85, 'few'],
  explanation: ['sources', 0.7, 'examples'],
}
export const terse: Style = {
  reply_length: ['short', 0.85, 'long'],
  reply_format: ['code', 0.85, 'prose'],
  tone: ['direct', 0.85, 'serious'],
  emoji_use: ['none', 0.9, 'few'],
  explanation: ['technical', 0.8, 'examples'],
}

/** Of those who do not like what their style does, every second one likes the other value. */
const otherwise = 0.5

/** What somebody of that style likes. */
export function someTastes(style: Style, random: () => number): readonly Taste[] {
  return tasteSlots.flatMap(slot => {
    const [value, chance, other] = style[slot] ?? []
    if (value === undefined || chance === undefined) return []
    if (random() < chance) return { slot, value }
    return other !== undefined && random() < otherwise ? { slot, value: other } : []
  })
}

/** The first question of somebody with these tastes, in a manner that shows some of them. */
export function firstQuestion(tastes: readonly Taste[]): string {
  const likes = (slot: TasteSlot, value: string) => tastes.some(taste => taste.slot === slot && taste.value === value)
  const words = likes('tone', 'casual')
    ? 'hey, wanna tell me how tides work??'
    : likes('tone', 'formal')
      ? 'Could you please explain how the tides come about?'
      : 'How do tides work?'
  return likes('emoji_use', 'more') ? `${words} 🌊` : words
}

let said = 0

/** A person who told, in that place, all that they like. */
export async function plant(
  { turns, learning }: Pick<Store, 'turns' | 'learning'>,
  {
    name,
    place,
    tastes,
    at,
    external = false,
  }: Readonly<{
    name: string
    place: Place
    tastes: readonly Taste[]
    at: Date
    external?: boolean
  }>,
): Promise<PersonId> {
  said += 1
  const { platform, workspace, channel } = place
  const person: Person = { id: personId(platform, workspace, name), name, external }
  const id = messageId(platform, workspace, channel, `planted-${said}`)
  const message = { id, text: 'This is how I like it.', addressed: true, quotes: [], unread: [] }
  await turns.receive({ key: eventKey(platform, 'planted', String(said)), message, person, place, at })
  await learning.learn(
    {
      ...{ person: person.id, workspace: workspaceOf(place), scope: scopeHeardIn(place), session: '1' as SessionId },
      statements: tastes.map(({ slot, value }) => wish(slot, value, id, at)),
      signals: [],
    },
    [],
  )
  return person.id
}

function wish(slot: Slot, value: string, message: Statement['claim']['message'], at: Date): Statement {
  const quote = `please ${value}`
  return statementOf(
    {
      ...{ kind: 'preference', slot, value, polarity: 1, quote, start: 0, length: quote.length, message },
      ...{ sensitivity: 'S0', lastsMs: undefined, source: 'model' },
    },
    at,
  )
}
