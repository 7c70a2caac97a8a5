import type { PersonId } from '#src/core/ids.ts'
import type { Store } from '#src/core/store.ts'

/** Choices that are refusals or about them: forgotten, they would turn into a yes. */
const keptChoices = ['learning', 'ignored']

/** Takes out all that is known of a person. What is written to them is ended before. */
export async function forgetPerson(store: Pick<Store, 'forget' | 'preferences'>, person: PersonId): Promise<void> {
  await store.forget.person(person)
  await store.preferences.takeBack(person, keptChoices)
}
