import { isDisguised, isSarcastic, isSteered, isUnserious } from './distrust.ts'
import { type Folded, fold } from './fold.ts'
import { framesOf, frameText, standsOut } from './frames.ts'
import { ownWords } from './own-words.ts'
import { closePeople, people, whose } from './people.ts'
import { type Sentence, sentencesOf } from './sentences.ts'

/** A piece of a sentence in which the person themself may be speaking: where a statement about them can begin. */
export type Clause = Readonly<{
  /** Folded, from where the statement begins to the end of the sentence, without the mark at the end. */
  text: string
  /** The whole sentence, for looking at what is around. */
  sentence: string
  /** Where it stands in the message: for the unit `n` of `text`, from `place.starts[n]` to `place.ends[n]`. */
  place: Pick<Folded, 'starts' | 'ends'>
  isQuestion: boolean
  /** It stands in the first sentence: "too long" there is about the reply before, further on about whatever they talk of. */
  isOpening: boolean
  /** The message asks for a text: how that shall be says nothing of how they want to be talked to. */
  isOfTask: boolean
  /** The message speaks of somebody else, too. */
  hasOthers: boolean
}>

/** All of a message's clauses that can be taken at their word; read once for each message, however many claims are made of it. */
export function clausesOf(message: Readonly<{ text: string }>): readonly Clause[] {
  const known = read.get(message)
  if (known !== undefined) return known
  const found = readClauses(message.text)
  read.set(message, found)
  return found
}

const read = new WeakMap<Readonly<{ text: string }>, readonly Clause[]>()

function readClauses(message: string): readonly Clause[] {
  const words = ownWords(message)
  if (isSteered(fold(message).text)) return []
  const { text: all } = fold(words)
  const [isOfTask, hasOthers] = [task.test(all), otherPeople.test(all)]
  const sentences = sentencesOf(words)
  const frames = framesOf(
    sentences.map(({ start, end, isQuestion }) => ({ text: frameText(words.slice(start, end)), isQuestion })),
    message,
  )
  return sentences.flatMap((sentence, at) => {
    const frame = frames[at] ?? 'none'
    if (frame === 'words') return []
    const found = clausesIn(words, sentence).filter(({ text }) => standsOut(frame, text))
    return found.map(clause => ({ ...clause, isOpening: at === 0, isOfTask, hasOthers }))
  })
}

const otherPeople = new RegExp(
  `\\b(?:he|she|they|his|hers?|him|their|them|someone|somebody|er|ihr|elle|il|son|sa|ella|su|${whose} (?:[\\w-]+ )?${people}|${closePeople})\\b`,
)

const task = new RegExp(
  [
    String.raw`\b(?:write|draft|compose|create|generate|prepare|design|come up with|make|give|need|want|schreib\w*|entwirf|erstelle?|ecris|redige|escribe|redacta)`,
    String.raw` (?:me |us |mir |uns |moi |nous )?(?:an?|the|my|our|some|this|two|three|\d+|ein(?:en?)?|une?|una)`,
    String.raw` (?:[\w'-]+ ){0,4}?(?:texts?|e-?mails?|mails?|letters?|notes?|messages?|posts?|tweets?|captions?|poems?|haikus?|limericks?|songs?|stor(?:y|ies)|essays?|articles?|speech|toast|summary|abstract|report|bio|ad|slogans?|invitations?|invite|card|flyer|review|description|readme|documentation|cv|resume|announcement|newsletter|presentation|slides|cheat ?sheet|recipe|gedicht|brief|nachricht|rede|lettre|poeme|discours|carta|poema|correo)\b`,
    String.raw`|\bhow (?:do|would|can|should) (?:you|i|we) (?:say|write|spell)\b|\bhow to say\b`,
  ].join(''),
)

function clausesIn(words: string, sentence: Sentence): readonly Omit<Clause, 'isOpening' | 'isOfTask' | 'hasOthers'>[] {
  const { start, end, isQuestion } = sentence
  const original = words.slice(start, end)
  // A mark of irony follows its sentence, on the same line.
  const line = words.slice(start).split('\n', 1)[0] ?? ''
  if (original.length > longest || isDisguised(original)) return []
  const after = line.slice(original.length)
  const folded = fold(original)
  if (
    isSarcastic(original) ||
    /^\s*(?:\/s\b|\/sarcasm|#sarcasm|lol\b|jk\b|haha|(?:just )?kidding|joking|psych\b|as if\b|nope\b|i wish\b|in (?:my|your) dreams\b|yeah,? right|not\s*(?:!|\.*\s*$)|[🙄🙃😂🤣😅😜😏])/iu.test(
      after,
    )
  )
    return []
  const text = folded.text.replace(/[\s.!?,;:-]+$/, '')
  if (isUnserious(text)) return []
  return startsIn(text).map(at => ({
    text: text.slice(at),
    sentence: text,
    place: {
      starts: folded.starts.slice(at).map(place => place + start),
      ends: folded.ends.slice(at).map(place => place + start),
    },
    isQuestion: isQuestion && !/^[^?]*,/.test(text.slice(at)),
  }))
}

/** Nobody speaks of themself in longer sentences; and patterns stay quick. */
const longest = 400

/** Where in a sentence a statement can begin: at its start and behind its joints, as long as what stands before is no other's. */
function startsIn(text: string): readonly number[] {
  const starts = new Set<number>()
  for (const joint of [0, ...jointsIn(text)]) {
    if (!isOwn(text.slice(0, joint)) && !isContrasted(text, joint) && !isOrder(text, joint)) continue
    let at = joint
    for (;;) {
      starts.add(at)
      const lead = leadIn.exec(text.slice(at))?.[0].length ?? 0
      if (lead === 0) break
      at += lead
    }
  }
  return [...starts]
}

function jointsIn(text: string): readonly number[] {
  return [
    ...text.matchAll(
      /(?:[,:(]|\s-)\s*(?:(?:and|but|so|because|since|though|also|und|aber|et|mais|y|pero) )?|\s(?:and|but|because|since|und|aber|weil|et|mais|y|pero) /g,
    ),
  ].map(({ index, 0: joint }) => index + joint.length)
}

/** "My wife likes tea but I prefer coffee": what was another's is this person's from here on. */
function isContrasted(text: string, joint: number): boolean {
  return (
    /(?:^|[\s,])(?:but|aber|mais|pero|whereas|while) $/.test(text.slice(0, joint)) &&
    /^(?:i|i'm|ich|je|j'|yo|me)\b/.test(text.slice(joint))
  )
}

/** "Emojis are annoying, no emojis": an order behind what is said of a thing. */
function isOrder(text: string, joint: number): boolean {
  const before = text.slice(0, joint)
  return (
    /^(?:no|please|bitte|sin|pas de|keine) /.test(text.slice(joint)) &&
    /^\w+ (?:is|are|ist|sind|sont|son) /.test(before) &&
    !otherPeople.test(before)
  )
}

/** What stands before a clause in its sentence is the person's as well, or says nothing. */
function isOwn(before: string): boolean {
  const text = before
    .replace(/[\s,:(-]+$/, '')
    .replace(/ (?:and|but|so|because|since|though|also|und|aber|weil|et|mais|y|pero)$/, '')
  const first = text.replace(leadIns, '')
  if (first === '') return true
  // "My colleague: I live in Rome" is hers, and what follows "Tagline:" is a text.
  if (/:\s*$/.test(before)) return false
  if (anothers.test(first)) return false
  return /^(?:i|i'?m|i'?ve|i'?d|ich|je|j'|yo|me|soy|vivo|call me|please|feel free|go|make|write|answer|explain|give|talk|speak|stop|skip|drop|avoid|no|we|(?:way )?too|it'?s|that'?s|that was|(?:great|good|nice|cool|super|lovely|helpful|excellent) (?:answer|reply|one|work|job|stuff|explanation)|love it|your|use|be|keep|don'?t|my)\b/.test(
    first,
  )
    ? !/\b(?:am i|do i|what|who|why|how|where|when|which|whether|you know about)\b/.test(first)
    : false
}

/** What comes behind somebody who tells or wants something may be theirs. */
const anothers = new RegExp(`^my (?:[a-z]+ )?${people}\\b(?!.* and my )`)

const interjections =
  'hello there|hi there|hey there|hi|hey|hiya|heya|yo|ugh|argh|uh|um|aw|omg|man|dude|folks|guys|yup|cheers|cool|alright|perfect|nice|hello|hallo|hola|salut|bonjour|thanks|thank you|thx|ok|okay|yes|yep|yeah|nope|well|so|and|but|also(?! not)|btw|by the way|(?:no|nein|non|si|right|also)(?=[,:!])|actually|honestly|personally|frankly|fyi|just so you know|for the record|for context|for reference|to be honest|tbh|to be clear|note|info|besides|anyway|currently|usually|now|today|nowadays|right now|these days|at the moment|generally|normally|lately|recently|quick one|quick question|one thing|one more thing|ps|p\\.s|reminder|remember|sorry|oh|ah|hm|hmm|good morning|good evening|good afternoon|morning|i meant|i mean|i already told you|i told you already|i told you|as i said|like i said|you should know|you should know that|just to let you know|again|in general|at work|at home|at night|first|second|finally|then|unfortunately|luckily|ubrigens|ja|danke|ach|derzeit|gerade|momentan|privat|au fait|merci|oui|actuellement|gracias|actualmente|por cierto|por favor|correction|small correction|update|new here|preference|preferences|aeries|dear aeries|hey aeries|hi aeries|hello aeries'

const preposed =
  '(?:in the (?:mornings?|evenings?|afternoons?|summer|winter|future)|on (?:weekends|weekdays|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|most days|my days off)|for (?:work|my work|my job|fun|school|uni|my studies|me|notes|coding|writing|years|now)|at (?:work|home|the moment|school|night)|since (?:last )?(?:\\d{4}|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|week|month|year|yesterday)|during the (?:day|week)|after work|before work|until (?:\\w+)|from (?:monday|tuesday|january|now) on|as an? [a-z -]{3,30}|in my (?:free|spare) time|seit \\w+|im moment)'

const leadIn = new RegExp(`^(?:(?:${interjections})(?=[\\s,:!-]|$)|${preposed}(?=[\\s,]))[\\s,:!-]*`)
const leadIns = new RegExp(`^(?:(?:(?:${interjections})(?=[\\s,:!-]|$)|${preposed}(?=[\\s,]|$))[\\s,:!-]*)*`)
