import { fold } from './fold.ts'

/** Why words are no statement of the person about themself, by their signs alone. They are folded. */

/** The whole message is out to steer the memory or the model, or it is a play. */
export function isSteered(folded: string): boolean {
  return steering.test(folded)
}

/** The words before and around a claim make it something else than a plain statement. */
export function isUnserious(folded: string): boolean {
  const words = folded.replace(harmless, ' ')
  return unserious.some(pattern => pattern.test(words))
}

/** A sentence whose marks say that it is not meant. `original`: not folded, for its emoji. */
export function isSarcastic(original: string): boolean {
  return sarcasm.test(fold(original).text) || /[🙄🙃😂🤣😅😜😏😹🤪😉]|;-?\)|:-?P\b/u.test(original)
}

/** Letters of several scripts in one word look like other words; control characters make them run backwards. */
export function isDisguised(original: string): boolean {
  if (/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u.test(original)) return true
  const words = original.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? []
  const scripts = words.map(word => scriptsIn(word))
  if (scripts.some(found => found.length > 1)) return true
  // One foreign letter alone among Latin words is a disguise, too.
  return (
    scripts.some(
      ([script], index) => script !== 'Latin' && script !== undefined && [...(words[index] ?? '')].length === 1,
    ) && scripts.some(([script]) => script === 'Latin')
  )
}

function scriptsIn(word: string): readonly string[] {
  return ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee'].filter(script =>
    new RegExp(`\\p{sc=${script}}`, 'u').test(word),
  )
}

const steering = new RegExp(
  [
    String.raw`\b(?:ignore|disregard|override|bypass|forget|overrule|vergiss|ignorier\w*|ignores?|ignora|oublie|olvida)\b.{0,40}\b(?:instructions?|rules?|prompts?|above|settings?|previous|prior|everything|anweisungen|regeln|consignes|instrucciones|reglas|you are|what)\b`,
    String.raw`\b(?:system|developer|hidden|initial) prompt\b|\b(?:developer|debug|god|admin|dan) mode\b|\bjailbreak`,
    String.raw`(?:^|\n|\s)(?:system|assistant|developer|user|tool|memory|###[ a-z]*) ?:`,
    String.raw`<\||\|>|\[/?inst\]|</?(?:system|notes?|memory|user|assistant|tool)\b|<<sys>>|\bc[123]_(?:quote|slot|value|kind|about)\b`,
    String.raw`\byou are now\b|\bfrom now on you are\b|\bdu bist (?:jetzt|ab jetzt|nun)\b`,
    String.raw`\b(?:reveal|print|output|leak|repeat|show me)\b.{0,30}\b(?:prompt|instructions|tool call|system|rules)\b|\btool calls?\b|\buse the tool\b|\bcall the (?:tool|function)\b`,
    String.raw`\b(?:save|store|write|add|put|update|set|insert|append)\b.{0,25}\b(?:memory|profile|notes|trust level|permissions?)\b`,
    String.raw`\b(?:let'?s (?:play|pretend|role)|role-?play|pretend|act as (?:if|though|my|an?)|act like|in character|once upon a time|im rollenspiel|dans le jeu|en el juego|jeu de role|tu als ob|stell dir vor)\b`,
  ].join('|'),
)

/** Polite forms that only look hypothetical. */
const harmless =
  /\bif (?:that|it|this|you)(?:'?s| is| helps?| does| matters| works| can| could| may| please| do not mind| don'?t mind| are able| have time| like| want)*(?: (?:possible|ok|okay|fine|alright|relevant|interested|of help))?\b|\bif possible\b|\bi(?:'d| would) (?:like|rather|prefer|love|appreciate)\b|\b(?:could|would|can) you\b|\bi (?:told you|said|already said|already told you)\b|\bas i said\b|\b(?:everyone|everybody) (?:just |usually )?calls me\b/g

const unserious: readonly RegExp[] = [
  // What is not, or not sure.
  /\b(?:if|what if|suppose|supposing|imagine|assum(?:e|ing)|maybe|perhaps|probably|possibly|might|would|could|unless|in case|i wish|wished|hypothetical\w*|theoretically|let'?s say|say i|had i|were i|i may|i guess|or so|thought experiment|sake of argument|not sure|as though)\b/,
  /\b(?:wenn|falls|angenommen|vielleicht|wurde|ware|hatte ich|konnte sein|stell dir|eventuell|moglicherweise)\b/,
  /\b(?:si (?!bemol)|peut-etre|supposons|imagine|imaginons|quizas?|tal vez|supongamos|ojala|serais|aurais|gustaria)\b/,
  // What others say.
  /\b(?:says?|said|saying|tells?|told|thinks?|thought|claims?|claimed|believes?|believed|wrote|writes|asks?|asked|asking|according to|assumes?|assumed|guess(?:es|ed)?|states?|stated|reckons?|decided|insists?|insisted|rumou?r|heard|suggests?|per [a-z]+,|listed|describes?|mentioned|reads|goes like|called me|replied|quot(?:e|es|ed|ing))\b/,
  /\b(?:sagt|sagte|sagen|meint|meinte|behauptet|glaubt|denkt|laut|schreibt|schrieb|dit|disent|pense que|croit|selon|dice|dicen|dijo|cree que|piensa|segun)\b/,
  // What is told, played or worked on.
  /\b(?:(?:in|from|for|of|like|inside|this|that|the) (?:(?:an?|the|this|that|my|our|his|her) )?(?:[\w-]+ )?(?:story|novel|dream|dreams|film|movie|scene|script|poem|lyrics|song|sketch)|(?:story|novel|dream|film|movie|script|poem|song)(?:'s)? (?:is|was|goes|begins|starts|opens|about|where|in which|i)|dreamt|game i|this game|character|campaign|pirate|wizard|(?<!with an |^always (?:give|show|add|include)(?: me)? an )example|e\.g|for instance|zum beispiel|par exemple|por ejemplo|translate|translation|proofread|rewrite|summari[sz]e|(?<!\bto )write an?|draft|bio|cover letter|act as|as if|juego|jeu de|rollenspiel)\b/,
  // Everybody, not this person.
  /\b(?:everyone|everybody|nobody|all users|all people|for everyone|like (?:all|most|every|other)\b|as we (?:all )?know|for all)\b/,
]

const sarcasm =
  /(?:^|\s)\/s\b|\/sarcasm|#sarcasm|\b(?:lol|lmao|rofl|lmfao|haha\w*|hehe\w*|jk|just kidding|kidding|joking|jokes aside|yeah,? right|yeah sure|oh sure|oh great|oh wow|wow,|of course|obviously|clearly|apparently|as if|mdr|ptdr|jaja\w*|bien sur|ja klar|na klar|klar doch|claro,|sarcas\w*|not!)(?=\W|$)|^(?:sure|great|right|claro)(?:,| and\b)|,\s*not\s*[.!]*$|\bjust love\b|\bsaid nobody\b|\barr\b/
