import { hasCanary } from './canaries.ts'
import { fold, wordsOf } from './fold.ts'

const longestValue = 80

/** Words that carry no meaning of their own: a value may have or lack them. */
const small: ReadonlySet<string> = new Set(
  'a an the of in on at to for with and or my me i is am are be being been as by from it its that this s m d re ve der die das ein eine einen dem den und im in an le la les un une de des du et el los las y del al'.split(
    ' ',
  ),
)

/** The words of a value that have to stand in the quote. */
export function contentWords(folded: string): readonly string[] {
  return wordsOf(folded).filter(word => !small.has(word))
}

/** Ordinary words and names, nothing that does something where it is written: no markup, address, mention or line break. */
export function isPlainValue(value: string): boolean {
  const { text } = fold(value)
  if (value.length > longestValue || !/[\p{L}\p{N}]/u.test(value) || hasCanary(text)) return false
  if (!/^[\p{L}\p{N}\p{M} '’.,+#&:/-]+$/u.test(value)) return false
  if (/(?:^|\s)[#/:.&+-]|[/:]{2}|:(?!\d)|#(?=[\p{L}\p{N}])|\/(?![\p{L}\p{N}])|www\.|\.[a-z]{2,}\//u.test(value))
    return false
  return !roleWords.test(text)
}

const roleWords =
  /\b(?:system|assistant|admin|administrator|root|superuser|sudo|aeries|ignor(?:e|es|a|ier\w*)|obey|obeys|gehorch\w*|oublie\w*|olvida\w*|vergiss|obedece|desobedece|instructions?|prompt|jailbreak|everyone|here only|channel owner|moderator|developer mode|owner of this bot|verified|trusted|your?|yours|answers|replies|responses|outputs|refusals)\b/

/** Somebody makes themself known: only then is "I'm Batman" a name. `message`: as written. */
export function isIntroduction(message: string): boolean {
  return introduction.test(fold(message).text)
}

const introduction =
  /\b(?:hi|hiya|hey|heya|hello|hallo|moin|servus|salut|bonjour|coucou|hola|buenas|good (?:morning|evening|afternoon)|guten (?:tag|morgen|abend)|to meet you|btw|by the way|new here|neu hier|enchante|encantad[oa]|mucho gusto|freut mich|moi c'est)\b/

/** Not what somebody is called: a time, an opinion, a thing. `message`: where it stands; who writes capitals writes them in names. */
export function isName(value: string, message: string): boolean {
  if (/\p{Ll}/u.test(value) && !/\p{Lu}/u.test(value) && /^\P{L}*\p{Lu}/u.test(message)) return false
  const { text } = fold(value)
  if (value.length > 40 || !/^\p{L}[\p{L}\p{M} .'’-]*$/u.test(value) || wordsOf(text).length > 4) return false
  // "Bond, James Bond" is somebody else's line.
  if (
    fold(message).text.includes(`${text}, `) &&
    new RegExp(`(?:^|\\s)${text}, \\S+ ${text}\\b`).test(fold(message).text)
  )
    return false
  return (
    !notNames.test(text) &&
    !/\b(?:all|rights?|access|rules?|everything|every|always|never|you|me|todo|alle|tout)\b/.test(text)
  )
}

const notNames =
  /^(?:a|an|the|my|your|it|this|that|what|when|if|at|on|in|after|before|back|later|tomorrow|today|tonight|soon|now|all|daily|weekly|often|every|constantly|sometimes|once|twice|bus|train|car|bike|foot|plane|tram|metro|taxi|maybe|crazy|old|stupid|silly|dumb|lazy|anything|whatever|names?|out|up|by|for|asap|again|please|sir or madam|not|no|nicht|pas|never|so|too|very|just|sorry|fine|ok|okay|good|great|tired|happy|sad|sure|new|back|here|done|ready|busy|free|off|late|hungry|confused|lost|stuck|curious|bored|german|french|english|american|spanish|italian|indian|chinese|japanese|dutch|polish|turkish|russian|british|canadian|australian|user|bot|everyone|everybody|nobody|god|boss|king|queen|chef)\b|\b(?:of england|cab|taxi|when|crazy|because|if)\b/

/** A value whose words are the person's: it begins with a thing, not with somebody else, a denial or a clause. */
export function isOwnThing(tail: string): boolean {
  return !notThings.test(tail)
}

const notThings =
  /^(?:not|no|never|neither|nor|nicht|kein\w*|pas|ni|that|whether|if|how|when|why|what|where|who|it|myself|yourself|himself|this|these|those|him|her|them|you|your|she|he|they|we|us|someone|nothing|everything|anything|here|there|so|know|see|ask|tell|say|hear|thank|make sure|be sure|be clear|believe|think|understand|talk about|point out|mention|called|remember|bad|told|sick|going to be|be called|idea|question|lot|bit|das|dass|que|qu'|il|elle|on)(?=\W|$)/

/** Where what is said stops being the value: others, reasons and conditions follow. */
export function tailOf(text: string): string {
  return (
    text.split(
      /\s(?:that|which|who|whose|whom|because|since|so that|but|when|while|where|if|unless|although|though|than|weil|dass|aber|wenn|der|que|qui|porque|pero|cuando|instead|you|we)\s|[;:(]\s/,
      1,
    )[0] ?? text
  )
}

/** The short form of a tail, for a claim without a model: up to the first joint. */
export function headOf(tail: string): string {
  return (
    tail.split(
      /,\s|\s(?:and|or|und|et|y|for|btw|by the way|atm|rn|tbh|lol|pls|plz|thx|nowadays|lately|currently|a lot|right now|at the moment|these days|please|though|since|from now on|every|bitte|last|now|over|with|on weekends)(?:\s|$)|[,.!]$/,
      1,
    )[0] ?? tail
  ).trim()
}
