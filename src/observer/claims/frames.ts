import { fold } from './fold.ts'
import { leavesTheWord, type Said } from './own-context.ts'
import { styleWishesIn } from './style-words.ts'

/** `words`: of others, of a play, of a text. `others`: somebody else may speak now. */
export type Frame = 'none' | 'others' | 'words'

/**
 * For each sentence of a message: what frames it? What stands behind "My sister called." or "Imagine this." is in the first person,
 * and still not said by this person of themself. A frame reaches to the end of the message, or to where they take the word again.
 * `message`: as written, for its lines and marks.
 */
export function framesOf(sentences: readonly Said[], message: string): readonly Frame[] {
  if (isLetter(message) || songMarks.test(message)) return sentences.map(() => 'words')
  const handedOver = sentences.findLastIndex(({ text }) => handsOver.test(text))
  let frame: Frame = 'none'
  return sentences.map((sentence, at) => {
    if (takesTheWord.test(sentence.text)) frame = 'none'
    else if (opens(sentence.text)) frame = 'words'
    const its = frame
    if (frame === 'none' && !takesTheWord.test(sentence.text) && !leavesTheWord(sentence)) frame = 'others'
    return at <= handedOver ? 'words' : its
  })
}

function opens(sentence: string): boolean {
  return openers.some(({ pattern }) => pattern.test(sentence)) || handsOver.test(sentence) || isReported(sentence)
}

/** Somebody else utters something. Those who tell what they said themselves frame nothing. */
function isReported(sentence: string): boolean {
  if (othersWords.test(sentence)) return true
  const utterance = utters.exec(sentence)
  if (!utterance) return false
  const before = sentence.slice(0, utterance.index)
  return !/^(?:[a-z]+,? ){0,2}(?:i|i've|we|ich|wir|je|j'|yo)\b/.test(`${before} `) || others.test(before)
}

const others =
  /\b(?:he|she|they|who|that|what|someone|somebody|my|our|the|er|sie|der|die|mein\w*|il|elle|mon|ma|mi|quien|que) (?!i\b|ich\b|je\b)/

/** To utter, in the forms that others do it in: English, German, French, Spanish. */
const utters = new RegExp(
  `\\b(?:${[
    "says?|said|saying|told|tells|telling|wrote|writes|texted|messaged|posted|tweeted|e-?mailed|mailed|called(?! \\w+[.,!]?$)|phoned|rang|pinged|dm'?ed",
    'answered|replied|responded|introduced|repeat(?:s|ed|ing)|complain(?:s|ed|ing)|announced|declared|confessed|admitted|mentioned|commented',
    'shrugged|smiled|laughed|sighed|nodded|grinned|whispered|shouted|yelled|muttered|murmured|sang|sings|bragg(?:ed|ing)|looked (?:at|up)',
    'goes on|went on|(?:he|she|it|they)(?: always| just| usually| only)? (?:answers?|repl(?:y|ies)|goes|went)|sent me|left (?:me )?a',
    'sagt|sagte|gesagt|meint|meinte|gemeint|erzahlt\\w*|schreibt|schrieb|geschrieben|angerufen|antwortete?|geantwortet|vorgestellt|behauptet\\w*|gefragt|fragte|gepostet|getextet',
    "dit|disait|disent|ecrit|ecrivait|raconte\\w*|presentee?s?|telephone|repondu|repondait|repete|annonce|m'a (?:appele|fait)",
    'dijo|dice|dicen|decia|escribio|escribe(?= que)|conto|presento|respondio|repite|comento|anuncio',
  ].join('|')})\\b`,
)

/** An order to Aeries can be nobody's but the writer's, whoever was spoken of before. */
const orders =
  /^(?:please|pls|plz|bitte|can you|could you|por favor|s'il (?:te|vous) plait|keep|answer|reply|use|no|don'?t|stop|write|be)\b/

/** Whether a clause in a frame is still the writer's. `clause`: folded. */
export function standsOut(frame: Frame, clause: string): boolean {
  if (frame !== 'others') return frame === 'none'
  return orders.test(clause) || (!/^(?:i|ich|je|j'|yo|me)\b/.test(clause) && styleWishesIn(clause).length > 0)
}

/** A thing that holds the words of others. */
const thing =
  '(?:message|voice ?mail|voice message|e-?mail|mail|letter|note|text|dm|comments?|feedback|complaints?|requests?|tickets?|reviews?|quotes?|status|bio|profile|interview|speech|caption|tweet|post|application|transcript|statement|headline|nachricht|brief|sprachnachricht|lettre|courriel|carta|correo|mensaje)'
const othersWords = new RegExp(
  [
    `\\b${thing} (?:from|by|of|with|von|vom|de|del|we|i) `,
    `\\b(?:his|her|their|someone's|somebody's|a new|the new|new|\\w+'s) ${thing}\\b`,
    `^(?:the |das )?${thing}$`,
    '\\b(?:according to|laut|selon|segun)\\b|\\b(?:asking|typing|writing|translating|here|speaking|posting|asks?) (?:for|on behalf of) (?:a|an|my|our|the) ',
    '\\b(?:fur|pour|para) (?:eine?n? |une? |un |mein\\w* |ma |mon |mi )(?:freund|freundin|kollegin|kollegen|ami|amie|amigo|amiga)\\b',
  ].join('|'),
)

type Opener = Readonly<{ name: string; pattern: RegExp }>

const openers: readonly Opener[] = [
  {
    name: 'a supposition',
    pattern:
      /\b(?:imagine|imaginons|imagina|suppose|supposing|supposons|supongamos|supon|assume|assuming|let'?s (?:say|assume|imagine)|hypothetical\w*|what (?:if|would)|consider (?:this|the|an?|some\w*)|picture (?:this|an?|some\w*)|thought experiment|in (?:another|a different|a parallel|a perfect) (?:life|world|universe)|stell(?:e|t|en sie|en wir)? (?:dir|euch|sich|uns)\b.*\bvor|angenommen|nehmen wir an|mettons|admettons|pongamos|digamos)\b/,
  },
  {
    name: 'a play',
    pattern:
      /(?<!\b(?:can|could|would|will|may) )\byou be (?:the|my|an?)\b|\b(?:act as|in character|role-?play\w*|improv\w*|pretend\w*|rehears\w*|mock interview|interview (?:practice|training|prep)|(?:my|the|a) (?:persona|character|avatar|alter ego)|in-?game|let'?s (?:play|act)|we'?re playing|wir spielen|spielen wir|on joue|jouons|juguemos|jugamos|rollenspiel|jeu de role)\b/,
  },
  {
    name: 'a part for the other',
    pattern:
      /^(?:[a-z]+,? ){0,2}(?:you'?re|you are|du bist|sie sind|tu es|vous etes|eres|usted es) (?:now |jetzt |ahora )?(?:my|the|an?|mein\w*|der|die|ein\w*|mon|ma|le|la|une?|mi|el)\b(?! (?:great|good|huge|real|big|true|life|star|legend|hero|best|genius|bit|lot|hilfe|beste|genial))/,
  },
  {
    name: 'a tale',
    pattern:
      /^(?:the )?(?:chapter|scene|verse|act|stanza|chorus|refrain|prologue|part|kapitel|szene|strophe|akt|chapitre|scene|acte|couplet|capitulo|escena|estrofa)(?: (?:\d+|one|two|three|[ivx]+))?(?: |$)|\b(?:here'?s|here is|this is|read) (?:my|a|the|our) (?:\w+ )?(?:poem|story|song|lyrics|novel|haiku|script|play|draft|text|intro|bio)\b|\b(?:story|poem|novel|song|book|play|film|movie)\b.* (?:begins|starts|goes|opens)|\b(?:once upon|karaoke|who sang|what (?:film|movie|song|book|show)|voici mon|hier ist mein)\b/,
  },
  {
    name: 'talk of words',
    pattern:
      /\b(?:commas?|grammar|grammatical|verbs?|nouns?|adjectives?|tense|plural|singular|(?:reported|indirect|direct) speech|passive|punctuation|synonyms?|rhymes?|syllables?|pronounc\w*|conjugat\w*|apostrophe|(?:finish|complete|end) the sentence|vergangenheit|prasens|perfekt|konjunktiv|zeitform|satzbau|komma|grammatik|mets? (?:ca )?au|au (?:passe|futur|pluriel|present)|imparfait|conjugue\w*|en (?:futuro|pasado|plural|presente)|conjuga\w*|gramatica|coma)\b|^draft\b|\bgive \w+ (?:\w+ )?a line\b|\bfield\b.* (?:about|reads|says)\b/,
  },
  {
    name: 'a riddle',
    pattern:
      /^(?:an? |the )?(?:riddle|quiz|flash ?card|ratsel|devinette|adivinanza|guess (?:who|what|where))\b|\b(?:what|who) am i$/,
  },
  {
    name: 'a sample',
    pattern:
      /^(?:an? |the |some )?(?:test|testing|sample|example|dummy|placeholder|template|fixture|input|output|prompt|beispiel|testsatz|exemple|ejemplo|prueba)\b/,
  },
]

const text =
  '(?:text|sentence|paragraph|e-?mail|mail|letter|bio|intro|note|message|draft|post|tweet|caption|cv|resume|poem|satz|brief|nachricht|phrase|texte|lettre|frase|texto|correo|carta)s?'
/** A text is given to be worked on: what stands before it may be that text. */
const handsOver = new RegExp(
  [
    '\\b(?:translat\\w+|shorten|rephrase|rewrite|reword|polish|proofread|spell ?check|grammar|paraphrase|summari[sz]e|kurze|korrigiere?n?|ubersetze?n?|umformuliere?n?|corrig\\w+|tradui\\w+|traduc\\w+|reformul\\w+|resum\\w+|mejora)\\b.* ?(?:this|that|it|these|those|the following|above|below|das|dies\\w*|es|ceci|cela|ca|esto|eso|est[ae])\\b',
    '\\b(?:put|turn|say|write) (?:this|that|it) (?:in|into|as|more|better|for)\\b',
    `\\b(?:check|fix|correct|edit|review|improve|shorten|translate|is|read|rate)\\b(?: \\w+){0,1} (?:this|that|my|these|the following|est[ae]|dies\\w+|ce|cette) (?:\\w+ )?${text}\\b`,
    '\\bhow does (?:this|that|it) sound\\b|\\btu peux corriger\\b|\\bpuedes corregir\\b|\\bkannst du (?:das|es) (?:korrigieren|kurzen)\\b',
  ].join('|'),
)

/** They speak for themselves again. */
const takesTheWord =
  /^(?:(?:but|and|aber|mais|pero) )?(?:anyways?|by the way|btw|as for me|for my part|speaking of me|i myself|i personally|me personally|personally|on another note|other topic|back to|unlike (?:him|her|them)|ubrigens|anderes thema|was mich angeht|wie auch immer|au fait|quant a moi|pour ma part|por cierto|en cuanto a mi|por mi parte)\b|\b(?:ubrigens|por cierto|au fait)\b/

const songMarks = /[\u2669-\u266C]|🎵|🎶|🎤|\b(?:la|na|da|tra|oh|yeah)(?:[ ,-]+(?:la|na|da|oh|yeah)\b){2}/iu

/** A letter: headers, somebody addressed on a line of their own, or a farewell with a name. */
function isLetter(message: string): boolean {
  return letterParts.some(pattern => pattern.test(message.normalize('NFC')))
}

const letterParts: readonly RegExp[] = [
  /^[ \t]*(?:subject|betreff|objet|asunto|fwd?|wg|cc|to|an)[ \t]*:/im,
  /^[ \t]*(?:dear|hi|hello|hey|hallo|liebe[rs]?|sehr geehrte\w*|guten tag|moin|bonjour|salut|chère?|hola|estimad[oa]s?|querid[oa]s?)[ \t]+(?!aeries|there|again|bot|you|an alle)[^\n.!?,]{1,40},[ \t]*\n/im,
  /\n[ \t]*(?:best|(?:best|kind|warm) regards|regards|sincerely|yours(?: \w+)?|(?:viele|liebe|beste|schöne) grüße|mit freundlichen grüßen|mfg|lg|vg|cordialement|bien à vous|bises|saludos|un saludo|atentamente|un abrazo)(?:[ ,!.]*\n[ \t]*\S|,? \p{Lu})/imu,
  /\n[ \t]*(?:thanks|thank you|cheers|danke|merci|gracias),[ \t]*\n[ \t]*\p{Lu}/imu,
]

/** Folds a piece of a message as `framesOf` wants it. */
export function frameText(piece: string): string {
  return fold(piece.slice(0, longest)).text.replace(/^[\s¿¡.,!?;:-]+|[\s.!?,;:-]+$/g, '')
}

/** Who speaks is told in the first words of a sentence; and patterns stay quick. */
const longest = 400
