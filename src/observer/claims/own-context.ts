import { closePeople, people, whose } from './people.ts'
import { styleWishesIn } from './style-words.ts'

/** A sentence as it is looked at: folded, without the marks at its ends. */
export type Said = Readonly<{ text: string; isQuestion: boolean }>

/**
 * Does a sentence leave the word with the writer? Only behind one that does is "I live in Oslo" believed: behind "Thanks!", "I'm
 * new here.", "Is there a bus at six?", "Recommend a book.". Of all others it cannot be told who speaks next: "The waiter bowed."
 */
export function leavesTheWord({ text, isQuestion }: Said): boolean {
  if (aboutOthers.test(text)) return false
  if (isQuestion) return !asksOfWords.test(text)
  if (asks.test(text)) return !/\b(?:this|that|these|those|dies\w*|das hier|ceci|cela|esto|eso|ca)\b/.test(text)
  if (reaction.test(text) || ofThemself.test(text) || circumstance.test(text)) return true
  return styleWishesIn(text).some(({ slot }) => slot !== 'language' && slot !== 'tone')
}

/** Somebody else is what the sentence is about. */
const aboutOthers = new RegExp(
  `^(?:(?:and|so|then|well|ok|und|et|y|oh|hey),? )?(?:(?:he|she|they|someone|somebody|er|sie|elle|il|ella)(?:'s|'re|'ve)? |(?:${whose} (?:[\\w-]+ )?${people}|${closePeople})(?:'s?)?(?![\\w-]))`,
)

/** A question about words, or about others. */
const asksOfWords =
  /\b(?:this|that|it|these|those)(?= (?:for|in|to|into|from|so|as|more|better|fit|sound|mean|right|ok|okay|correct|need|rhyme)|$)|\b(?:he|she|they|them|him|her|someone|somebody|emoji|word|hashtag|caption|title|slogan)\b/

const asks =
  /^(?:(?:and|but|so|ok|okay|hi|hey|hello|thanks|please|pls|also|now),? )*(?:please|pls|can|could|would|will|help|explain|tell|show|recommend|suggest|give|find|plan|list|compare|what|which|how|why|when|where|who|is|are|do|does|did|should|any|keep|stop|skip|drop|use|answer|reply|respond|call|don'?t|no|never|always|be|make|write|speak|talk|bitte|kannst|erklare?|antworte|schreibe?|sprich|nenn|wie|was|wo|welche\w*|warum|gib|zeig|hilf|peux|pouvez|explique\w*|reponds|parle|comment|quel\w*|donne|aide|puedes|explica\w*|responde\w*|habla\w*|como|que|cual|dame|ayuda\w*|dime)\b/

const word =
  '(?:ok|okay|cool|nice|great|thanks|thank|you|thx|cheers|hi|hey|hello|there|hallo|hola|bonjour|salut|moin|servus|good|morning|evening|afternoon|lol|haha|hm+|well|no|yes|yep|yeah|nope|wrong|right|perfect|awesome|sorry|got|it|sure|merci|danke|gracias|aeries|wow|oh|ah|super|answer|reply|one|so|much|a|lot|very|really|love|exactly|true|fine|alright|again|team|all|everyone|everybody|guten|tag|morgen|abend|genau|gut|bien|vale|claro|buenas|buenos|dias|tardes|quick|question|new|here|fyi|update|correction|note|first|first of all|one more thing)'
const reaction = new RegExp(
  `^(?:sorry|thanks|thank you|thx|danke|merci|gracias)\\b(?!.*\\b(?:he|she|they)\\b)|^(?:${word}(?:[ ,!]+|$))+$|^(?:that|it)(?:'?s| was| is) (?:(?!(?:how|what|why|where|when|who|all)\\b)[\\w']+ ?){1,5}$`,
)

/** Of themself, or of a thing of theirs. */
const ofThemself =
  /^(?:(?:and|but|so|ok|okay|hi|hey|hello|thanks|well|sorry|also|now|today|actually|anyway|yes|no|lol|und|aber|et|mais|y|pero),? ){0,2}(?:i|i'?m|i'?ve|i'?d|i'?ll|we|we're|we've|my|ich|wir|mein\w*|je|j'\w+|mon|ma|mes|nous|yo|mi|mis|me|soy|vivo|estoy|tengo|trabajo|estudio|im)\b/

/** The weather, the hour, a machine that gives up. */
const circumstance =
  /^(?:(?:actually|well|ok),? )?(?:it|today|tomorrow|tonight|yesterday|heute|morgen|es)(?:'s| is| was| ist| war)\b|^(?:the|der|die|das|le|la|el) (?:build|tests?|code|app|server|page|site|printer|laptop|computer|phone|file|script|query|function|error|database|weather|train|bus|link|login|update|compiler|linter|pipeline|deploy\w*|router|wifi|internet)\b/
