import type { VNode } from 'preact'
import { happenings } from '#playground/page/state/inside-store.ts'
import { stores } from '#playground/page/state/stores.ts'
import type { InsideView, Json } from '#playground/page/wire.ts'
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

const told = ['lesson', 'signal', 'opinion', 'retracted']

function Signals(): VNode {
  const all = happenings.value.filter(({ name }) => told.includes(name))
  if (all.length === 0) return <p class="hint">None yet: react to an answer, or tell Aeries something of you.</p>
  return (
    <ol class="signals">
      {all.toReversed().flatMap((one, at) =>
        wordsOf(one).map((words, place) => (
          <li key={`${at} ${place}`} data-kind={one.name}>
            <time>{new Date(one.at).toLocaleTimeString()}</time> <span>{words}</span>
          </li>
        )),
      )}
    </ol>
  )
}

type Told = Readonly<{ claim: Json }> & Json

function wordsOf({ name, data }: InsideView): readonly string[] {
  const about = data as Json
  const person = whoIs(String(about['person'] ?? (about['lesson'] as Json | undefined)?.['person'] ?? ''))
  if (name === 'retracted') return [`${person}: taken back${about['found'] === true ? '' : ', and there was nothing'}`]
  if (name === 'opinion') return [opinionWords(about['opinion'] as Json, about['outcome'] === 'known')]
  if (name === 'signal') return [signalWords(person, about['signal'] as Json)]
  const lesson = about['lesson'] as Readonly<{ statements: readonly Told[]; signals: readonly Json[] }>
  return [
    ...lesson.statements.map(
      ({ claim }) =>
        `${person} ${String(claim['kind'])}: ${String(claim['slot'])} = ${String(claim['value'])} “${String(claim['quote'])}”`,
    ),
    ...lesson.signals.map(signal => signalWords(person, signal)),
  ]
}

function opinionWords({ person, sign, verdict }: Json, isKnown: boolean): string {
  const who = whoIs(String((person as Json)['id']))
  const what = verdict === undefined ? `takes ${String(sign)} back` : `${String(sign)} → ${String(verdict)}`
  return `${who}: ${what}${isKnown ? ' (nothing changes)' : ''}`
}

function signalWords(person: string, { kind, key, value, weight }: Json): string {
  const sign = Number(weight) >= 0 ? '+' : ''
  return `${person}: ${String(kind)} → ${String(key)} ${String(value)} (${sign}${Number(weight).toFixed(2)})`
}

/** Ids of people end in the platform's own. */
function whoIs(person: string): string {
  for (const store of Object.values(stores)) {
    for (const [id, { name }] of store.people.value) if (person.endsWith(id)) return name
  }
  return 'somebody'
}
