import type { PersonId } from '#src/core/ids.ts'
import { conversationOf } from '#src/core/place.ts'
import type { Store } from '#src/core/store.ts'

/** More than anybody says. */
const most = 1_000_000

/** All that is kept of a person, in an order and in words that they can read. */
export async function exportOf(store: Store, person: PersonId, at: Date): Promise<object> {
  const { learning, history, links, preferences, ownData } = store
  const said = await history.ofPerson(person, most)
  const workspaces = await learning.workspaces(person)
  const known = await Promise.all(workspaces.map(workspace => learning.known(person, workspace, at)))
  return {
    about: person,
    made: at.toISOString(),
    conversations: said.map(({ role, text, at: time, place }) => ({
      at: time.toISOString(),
      where: place.audience === 'dm' ? 'our DM' : (place.name ?? conversationOf(place)),
      platform: place.platform,
      who: role === 'aeries' ? 'Aeries, to you' : 'you',
      text,
    })),
    learnt: known.flatMap(({ traits }, index) =>
      traits.map(({ evidence, id, scope, slot, value, polarity, status, since, lastAt, until }) => ({
        note: id,
        workspace: workspaces[index],
        what: slot,
        value,
        isSo: polarity === 1,
        status,
        mayBeUsed: scope,
        since: since.toISOString(),
        lastSaid: lastAt.toISOString(),
        ...(until && { until: until.toISOString() }),
        // Words that were too old to be kept are gone; what they told stays.
        yourWords: evidence.map(({ quote, at: time, message }) => ({
          at: time.toISOString(),
          ...(quote !== '' && { quote }),
          message,
        })),
      })),
    ),
    noticed: known.flatMap(({ readings }, index) =>
      readings.map(({ key, value, scope, preference, confidence, count }) => ({
        workspace: workspaces[index],
        what: key,
        value,
        mayBeUsed: scope,
        leaning: rounded(preference),
        confidence: rounded(confidence),
        signs: count,
      })),
    ),
    signs: (await ownData.signals(person)).map(({ at: time, workspace, scope, kind, key, value, weight, message }) => ({
      at: time.toISOString(),
      workspace,
      mayBeUsed: scope,
      kind,
      what: key,
      value,
      weight: rounded(weight),
      message,
    })),
    choices: await preferences.of(person),
    links: (await links.of(person)).map(({ other, since, facts }) => ({
      account: other.person,
      name: other.name,
      since: since.toISOString(),
      factsMayBeUsed: facts.here && facts.there,
    })),
  }
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
