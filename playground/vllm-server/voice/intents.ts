import { distinctiveWords } from './distinctive-words.ts'
import { keyOf, type Memory } from './memory.ts'
import type { Question } from './newest-question.ts'
import type { Phrases } from './phrasebook.ts'
import type { Said } from './said.ts'
import { code, count, emoji, list, table } from './showpieces.ts'
import { storyAbout } from './story.ts'

export type Situation = Readonly<{
  question: Question
  memory: Memory
  name: string | undefined
  persona: string
  phrases: Phrases
}>

type Intent = Readonly<{ hears: RegExp; says: (situation: Situation, found: RegExpMatchArray, words: string) => Said }>

const storyParagraphs = { usual: 3, long: 12, endless: 120 } // a long one has about 900 tokens, an endless one 9,000

// The first that hears its words answers.
const intents: readonly Intent[] = [
  {
    hears: /^\s*(?:repeat after me|say exactly|echo)\s*[:,]?\s*([\s\S]+)$/i,
    says: (_, found) => ({ sentences: [(found[1] ?? '').trim().replace(/^["“](.*)["”]$/s, '$1')], isExact: true }),
  },
  {
    hears:
      /\b(?:who|what) (?:are|r) you\b|\bare you (?:an? )?(?:\w+ )?(?:real|human|bot|ai|model|llm|person|machine)\b|\byour name\b|\bwer bist du\b|\bqui es-tu\b|\bquién eres\b/i,
    says: ({ phrases, persona }) => ({ sentences: phrases.identity(persona) }),
  },
  {
    hears:
      /\b(?:what(?:'s|’s| is| was| are| were)|do you (?:still )?(?:know|remember)|tell me|which is|remind me (?:of|what)|wie ist|was ist)\s+(?:my|mein|meine)\s+([\p{L} ]{2,30}?)(?:\s+(?:is|was|again|called|now))*\s*(?:[?.!,\n]|$)/iu,
    says: (situation, found) => recall(situation, keyOf(found[1] ?? '')),
  },
  { hears: /\bwho am i\b|\bwie hei(?:ss|ß)e ich\b/i, says: situation => recall(situation, 'name') },
  { hears: /\bwhere do i live\b/i, says: situation => recall(situation, 'home') },
  {
    hears:
      /\bwhat (?:did|have) i (?:just |first |last )?(?:say|said|ask|asked|tell|told)\b|\bwhat (?:were|are) we talking about\b|\bmy (?:last|previous|first) (?:question|message)\b/i,
    says: situation => previous(situation),
  },
  {
    hears: /\b[Ss]ay (?:hello|hi) to (\p{Lu}[\p{L}\p{M}]*)/u,
    says: ({ phrases }, found) => ({ sentences: phrases.greeting(found[1]) }),
  },
  { hears: /\bcount\b/i, says: ({ question }) => count(question.text) },
  { hears: /\bemojis?\b/i, says: ({ question }) => emoji(question.text) },
  {
    hears: /\b(?:code|function|snippet|program|python|javascript|typescript|rust|bash)\b/i,
    says: ({ question }, _, words) => code(question.text, words),
  },
  { hears: /\btable\b/i, says: (_, __, words) => table(words) },
  {
    hears: /\b(?:list|bullet points?)\b|\b(?:name|give me) (?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b/i,
    says: ({ question }, _, words) => list(question.text, words),
  },
  { hears: /\b(?:story|tale|essay|long (?:answer|text|message|reply))\b/i, says: story },
  { hears: /\b(?:what (?:day|date|time|year|weekday)|which (?:day|date)|today's date)\b/i, says: clock },
  {
    hears:
      /\bmy ([\p{L} ]{2,30}?) (?:is|are) (?!what\b)([^.,;!?\n]{1,60})|\b(?:call me|i am called|i'm called|ich hei(?:ss|ß)e|je m'appelle|me llamo|i live in|i work as)\b/iu,
    says: learn,
  },
  {
    hears: /^\s*(?:hi|hello|hey|good (?:morning|evening|afternoon)|hallo|bonjour|hola)\b[^?]{0,40}$/i,
    says: ({ phrases, name }) => ({ sentences: phrases.greeting(name) }),
  },
  {
    hears: /^\s*(?:thanks|thank you|danke|merci|gracias)\b/i,
    says: () => ({ sentences: ['You are welcome.', 'I am here when you need me.'] }),
  },
]

/** Finds what to say. The question's own distinctive words are in it wherever there are any. */
export function replyTo(situation: Situation): Said {
  const { question, phrases } = situation
  const distinctive = question.asked.flatMap(distinctiveWords)
  const words = distinctive.length > 0 ? distinctive.map(word => `“${word}”`).join(' and ') : '“that”'
  for (const { hears, says } of intents) {
    const found = question.text.match(hears)
    if (!found) continue
    const said = says(situation, found, words)
    return said.isExact ? said : withWords(said, distinctive)
  }
  return { sentences: phrases.talk(words) }
}

// Tags have to come back whatever is answered: they tell which question an answer belongs to.
function withWords(said: Said, distinctive: readonly string[]): Said {
  const tags = distinctive.filter(word => /\p{N}/u.test(word) && !JSON.stringify(said).includes(word))
  if (tags.length === 0) return said
  const [first = '', ...rest] = said.sentences
  return { ...said, sentences: [`${first} (${tags.join(', ')})`, ...rest] }
}

function recall({ memory, phrases, name }: Situation, about: string): Said {
  const value = memory.get(about) ?? (about === 'name' ? name : undefined)
  return { sentences: value === undefined ? phrases.unknown(about) : phrases.recalled(about, value) }
}

function learn({ memory, phrases, question }: Situation): Said {
  const heard = [...memory].findLast(([, value]) => question.text.includes(value))
  return { sentences: heard ? phrases.learnt(...heard) : phrases.talk('“that”') }
}

function previous({ question }: Situation): Said {
  const before = question.said.slice(0, -1)
  const wanted = /\bfirst\b/i.test(question.text) ? before[0] : before.at(-1)
  if (wanted === undefined) return { sentences: ['You have not said anything before this.'] }
  const quoted = wanted.replace(/\s+/g, ' ').slice(0, 200)
  return { sentences: [`Before this you said: “${quoted}”.`, 'That is all I look at: the words in this conversation.'] }
}

function clock({ question }: Situation): Said {
  const known = question.notes
    .split('\n')
    .map(line =>
      line
        .replace(/^[[(<]+|[\]>]+$/g, '')
        .replace(/^\w+: /, '')
        .trim(),
    )
    .find(line => /\b(?:\d{4}|\d{1,2}:\d{2}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i.test(line))
  const missing = 'Nobody told me the date or the time.'
  return { sentences: [known === undefined ? missing : `My notes say: ${known}.`, 'I have no clock of my own.'] }
}

function story({ question }: Situation, _found: RegExpMatchArray, words: string): Said {
  const size = /\b(?:endless|never-ending|very,? very long)\b/i.test(question.text)
    ? 'endless'
    : /\blong\b/i.test(question.text)
      ? 'long'
      : 'usual'
  const topic = words === '“that”' ? 'the sea' : words
  return { sentences: [`Here is a story about ${topic}.`], paragraphs: storyAbout(topic, storyParagraphs[size]) }
}
