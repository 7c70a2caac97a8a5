import type { Brief, BriefQuestion, Briefs } from '#src/core/brief.ts'
import type { Clock } from '#src/core/clock.ts'
import type { BriefSource, Inside } from '#src/core/inside.ts'
import type { Learning } from '#src/core/learning.ts'
import { workspaceOf } from '#src/core/workspace.ts'

type Watching = Readonly<{ learning: Pick<Learning, 'known'>; inside: Inside; clock: Clock }>

/** So many quotes of one trait are shown. */
const mostQuotes = 3

/** The same briefs, each shown with where its lines come from. That is looked up once the reply has its brief and went on. */
export function watchBriefs(briefs: Briefs, { learning, inside, clock }: Watching): Briefs {
  async function show(question: BriefQuestion, brief: Brief): Promise<void> {
    try {
      inside.show({ type: 'brief', question, brief, sources: await sourcesOf(learning, question, brief) })
    } catch {
      inside.show({ type: 'brief', question, brief, sources: [] })
    }
  }
  return {
    async brief(question) {
      const brief = await briefs.brief(question)
      if (inside.isWatched) clock.after(0, () => void show(question, brief))
      return brief
    },
  }
}

async function sourcesOf(
  learning: Watching['learning'],
  { person, place, at }: BriefQuestion,
  { lines }: Brief,
): Promise<readonly BriefSource[]> {
  const wanted = new Set(lines.map(({ trait }) => trait))
  if (lines.every(({ trait }) => trait === undefined)) return []
  const { traits } = await learning.known(person, workspaceOf(place), at)
  return traits
    .filter(({ id }) => wanted.has(id))
    .map(({ id, since, scope, evidence }) => ({
      trait: id,
      since,
      scope,
      quotes: evidence
        .toSorted((one, other) => other.at.getTime() - one.at.getTime())
        .slice(0, mostQuotes)
        .map(({ quote, at: said }) => ({ quote, at: said })),
    }))
}
