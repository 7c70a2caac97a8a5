import type { VNode } from 'preact'
import type { HappeningView, OpinionView, SignalView } from '#playground/page/inside-view.ts'
import { happenings } from '#playground/page/state/inside-store.ts'
import { stores } from '#playground/page/state/stores.ts'
import { briefs } from './briefs.ts'
import { Fact } from './fact.tsx'
import { QueueView } from './queue-view.tsx'

/** What the newest answer was told of its asker and how that is known; what was learnt lately. */
export function BriefTab(): VNode {
  const newest = briefs().at(-1)
  return (
    <>
      <h3>The brief{newest && `: ${whoIs(newest.question.person)}`}</h3>
      {newest === undefined || newest.brief.lines.length === 0 ? (
        <p class="hint">
          {newest === undefined ? 'No answer has asked for one yet.' : 'Nothing is known of them yet.'} Say “call me
          Mi”, “keep it short” or “I am a nurse”, wait some seconds, and ask again.
        </p>
      ) : (
        <>
          <div class="facts">
            <Fact name="tokens" value={String(newest.brief.tokens)} />
            <Fact name="lines" value={String(newest.brief.lines.length)} />
          </div>
          <ol class="brief">
            {newest.brief.lines.map(({ text, trait }, at) => {
              const source = newest.sources.find(one => one.trait === trait)
              return (
                <li key={at}>
                  <p>{text}</p>
                  {source ? (
                    <small>
                      since {new Date(source.since).toLocaleString()}, may be told: {source.scope}
                      {source.quotes.map(({ quote }, place) => (
                        <q key={place}>{quote}</q>
                      ))}
                    </small>
                  ) : (
                    <small>from how they react and write</small>
                  )}
                </li>
              )
            })}
          </ol>
        </>
      )}
      <h3>Signals</h3>
      <Signals />
      <QueueView />
    </>
  )
}

function Signals(): VNode {
  const all = happenings.value.map(one => ({ one, words: wordsOf(one) })).filter(({ words }) => words.length > 0)
  if (all.length === 0) return <p class="hint">None yet: react to an answer, or tell Aeries something of you.</p>
  return (
    <ol class="signals">
      {all.toReversed().flatMap(({ one, words }, at) =>
        words.map((line, place) => (
          <li key={`${at} ${place}`} data-kind={one.name}>
            <time>{new Date(one.at).toLocaleTimeString()}</time> <span>{line}</span>
          </li>
        )),
      )}
    </ol>
  )
}

/** What was learnt, a line each. */
function wordsOf({ name, data }: HappeningView): readonly string[] {
  switch (name) {
    case 'lesson': {
      const { statements, signals } = data.lesson
      const person = whoIs(data.lesson.person)
      return [
        ...statements.map(
          ({ claim: { kind, slot, value, quote } }) => `${person} ${kind}: ${slot} = ${value} “${quote}”`,
        ),
        ...signals.map(signal => signalWords(person, signal)),
      ]
    }
    case 'signal':
      return [signalWords(whoIs(data.person), data.signal)]
    case 'opinion':
      return [opinionWords(data.opinion, data.outcome === 'known')]
    case 'retracted':
      return [`${whoIs(data.person)}: taken back${data.found ? '' : ', and there was nothing'}`]
    case 'brief':
    case 'telling':
      return []
    default:
      return name satisfies never
  }
}

function opinionWords({ person, sign, verdict }: OpinionView, isKnown: boolean): string {
  const what = verdict === undefined ? `takes ${sign} back` : `${sign} → ${verdict}`
  return `${whoIs(person.id)}: ${what}${isKnown ? ' (nothing changes)' : ''}`
}

function signalWords(person: string, { kind, key, value, weight }: SignalView): string {
  return `${person}: ${kind} → ${key} ${value} (${weight >= 0 ? '+' : ''}${weight.toFixed(2)})`
}

/** Ids of people end in the platform's own. */
function whoIs(person: string): string {
  for (const store of Object.values(stores)) {
    for (const [id, { name }] of store.people.value) if (person.endsWith(id)) return name
  }
  return 'somebody'
}
