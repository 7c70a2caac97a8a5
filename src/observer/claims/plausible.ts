import type { Slot } from '#src/core/claim.ts'
import { fold } from './fold.ts'
import { languageCode } from './named-values.ts'
import { people } from './people.ts'
import { isTradeName } from './trades.ts'

/**
 * Can the words be what the slot holds? "I live in", "I'm a", "I work for" are also how figures of speech begin: fear is no place,
 * a third wheel no trade, peanuts no employer. Slots that are not listed take any words.
 */
export function isPlausible(slot: Slot, value: string, context: ValueContext): boolean {
  return rules[slot]?.(value, context) ?? true
}

/** `lead`: the clause's words before the value's place, folded. `tail`: those from there on. `message`: as written. */
export type ValueContext = Readonly<{ lead: string; tail: string; message: string }>

const rules: Partial<Readonly<Record<Slot, (value: string, context: ValueContext) => boolean>>> = {
  location: isPlace,
  workplace: isEmployer,
  role: isTrade,
  tools: isTool,
  current_project: isWork,
  education: isStudy,
  expertise: isSkill,
  likes: isLiking,
  dislikes: isLiking,
  goal: isGoal,
}

const determiner =
  /(?:^|[\s'-])(?:the|an?|my|our|der|die|das|dem|den|eine?[rmn]?|la|le|les|l'|une?|el|los|las|una|mi)\s?$/
const smallWords = /^(?:(?:the|an?|my|der|die|das|dem|den|eine?[rmn]?|la|le|les|une?|el|los|las|una|mi)\s|l')/

/** "J'habite à": no English article. */
const frenchTo = /^(?:j'|je ).* a $/

/** The value's first words without a determiner; and whether it had one that says "a kind of", not a name. */
function headed(value: string, { lead, tail }: ValueContext): { words: string; isDetermined: boolean } {
  const words = fold(value).text.replace(smallWords, '')
  return { words, isDetermined: smallWords.test(tail) || (!frenchTo.test(lead) && determiner.test(lead)) }
}

/** Does the person write names with capitals? The pronoun I has one on most phones, whoever writes. */
function writesCapitals(message: string): boolean {
  return /\p{Lu}/u.test(message.replace(/\bI\b(?:['’]\p{L}+)?/gu, ' '))
}

function isProper(value: string, message: string): boolean {
  return !writesCapitals(message) || /\p{Lu}/u.test(value)
}

/** "a place of love", "the ministry of silly walks": what is of a thing without a name is a picture. */
const ofSomething = /\s(?:of|without)\s(?!the\b)/

function isPlace(value: string, context: ValueContext): boolean {
  const { words, isDetermined } = headed(value, context)
  // "I live on coffee": only in a place can one be that has no capital.
  if (
    / (?:on|at|by|near|outside|to) (?:the )?$/.test(context.lead) &&
    !/\p{Lu}/u.test(value) &&
    !placeKind.test(words) &&
    !/ moved to /.test(context.lead)
  )
    return false
  if (placeKind.test(words)) return !ofSomething.test(context.tail) || isProper(value, context.message)
  if (noPlace.test(words) || (ofSomething.test(context.tail) && !writesCapitals(value))) return false
  // In German every noun has a capital, and in French "je viens de finir" is no place.
  if (isDetermined && (!/\p{Lu}/u.test(value) || context.lead.startsWith('ich '))) return namedWithArticle.test(words)
  if (/ viens d(?:e |')$/.test(context.lead) && /^[a-z]+(?:er|ir|re|oir)$/.test(value)) return false
  return words.split(' ').length <= 4 && isProper(value, context.message)
}

const placeKind =
  /^(?:[\w-]+ ){0,2}(?:city|town|village|suburbs?|countryside|country|capital|island|coast|mountains?|north|south|east|west|cent(?:er|re)|downtown|area|region|district|neighbou?rhood|flat|apartment|house|farm|dorm|campus|home|stadt|dorf|land|altstadt|nahe|campagne|ville|village|pueblo|ciudad|campo)\b/
const namedWithArticle =
  /^(?:netherlands|us|usa|uk|bay area|alps|schweiz|turkei|ukraine|niederlande|usa|states|philippines)\b/
/** States of mind and of life that people are "in", "on" or "from". */
const noPlace =
  /^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dawn|noon|\d+|monday|tuesday|wednesday|thursday|friday|saturday|sunday|fear|denial|hope|peace|pain|limbo|hell|heaven|paradise|sin|dread|doubt|chaos|poverty|luxury|silence|exile|hiding|love|shock|awe|trouble|debt|charge|bed|pyjamas|pajamas|sweatpants|my|your|his|her|own|cloud|nowhere|anywhere|everywhere|somewhere|it|them|mars|narnia|memory|experience|work|scratch|zero|nothing|the moment|spite|case|general|particular|practice|theory|secret|vain|zip|excel|slack|chrome|a|an|internet|past|future|present|moment|dark|clouds?|nuages|nubes|lune|luna|mond)\b/

function isEmployer(value: string, context: ValueContext): boolean {
  const { words } = headed(value, context)
  if (
    ofSomething.test(context.tail.replace(/\sof\s.*/, ' of x')) &&
    /\sof\s(?!the\b)/.test(words) &&
    !/\p{Lu}/u.test(value)
  )
    return false
  if (employerKind.test(words)) return true
  if (/(?:^| )(?:an?|une?|eine[rmn]?) $/.test(context.lead) && !/\p{Lu}/u.test(value)) return false
  return !noEmployer.test(words) && isProper(value, context.message) && words.split(' ').length <= 5
}

const employerKind =
  /\b(?:compan(?:y|ies)|start-?ups?|firms?|agenc(?:y|ies)|banks?|schools?|universit(?:y|ies)|uni|college|hospitals?|shops?|stores?|restaurants?|cafes?|baker(?:y|ies)|bars?|pubs?|hotels?|librar(?:y|ies)|museums?|factor(?:y|ies)|warehouses?|studios?|offices?|farms?|clinics?|pharmac(?:y|ies)|supermarkets?|brewer(?:y|ies)|newspapers?|charit(?:y|ies)|ngo|nonprofit|government|ministry|council|airports?|garages?|gyms?|zoos?|theat(?:er|re)s?|kindergartens?|nurser(?:y|ies)|labs?|institutes?|consultanc(?:y|ies)|stations?|publishers?|bookshops?|bookstores?|bahn|post|schule|firma|bank|krankenhaus|agentur|ecole|entreprise|banque|empresa|escuela|colegio|tienda|banco|hospital|department|team|plant|mill|mine|cinema|church|temple|authority|centre|center)\b/
const noEmployer =
  /^(?:peanuts|free|fun|food|nothing|pennies|tips|cookies|beer|myself|me|us|you|him|her|them|it|a living|living|home|work|scratch|night|nights|day|times?|once|least|all|the weekend|weekend|money|cacahuetes|nada|rien|nix|nichts|umsonst|mi|casa|maison|hause?)\b/

function isTrade(value: string, { lead, tail, message }: ValueContext): boolean {
  // "Ich bin sicher": a German trade is a noun.
  if (/^(?:ich )?bin /.test(lead) && !isProper(value, message)) return false
  if (startsAside.test(tail)) return false
  const trade = fold(value).text.replace(smallWords, '')
  if (
    /^(?:teach|do|run) /.test(trade) ||
    (/\b(?:job|work|arbeit) (?:is|ist)(?: \w+)? $/.test(lead) && /^\w+ing\b/.test(trade))
  )
    return true
  return isTradeName(trade)
}

function isTool(value: string, { lead, tail }: ValueContext): boolean {
  if (startsAside.test(tail)) return false
  if (/\b(?:my|mein\w*|mon|ma|mi) $/.test(lead) || /^(?:my|mein\w*|mon|ma|mi) /.test(fold(value).text))
    return device.test(tail)
  return !noTool.test(fold(value).text.replace(smallWords, ''))
}

/** Where a thing is, or how it is: not what it is. */
const startsAside =
  /^(?:in|at|on|off|up|down|out|over|under|into|onto|from|for|like|as|away|by|through|without|with|about|around|broken|slow|dead|gone|old|new|too|very|so|set|not|im|auf|aus|bei|dans|sur|chez|hasta|sobre)\b/
const device =
  /\b(?:phone|laptop|mac|macbook|pc|computer|tablet|ipad|kindle|desktop|camera|calendar|notebook|handy|rechner)\b/
const noTool =
  /^(?:it|them|this|that|these|those|every|each|any|elbow|head|brain|hands?|eyes?|ears|time|words?|imagination|instincts?|gut|voice|money|force|stairs?|port|ports|logic|people|everything|nothing|chance|excuse|opportunity|tricks?|magic|both|all|some|one|ones)\b/

function isWork(value: string, { lead, tail }: ValueContext): boolean {
  // "Building bridges": what somebody works on for long is one thing, or has a name.
  if (/\b(?:build|mak|design|creat|writ|develop|compos|edit|plann|cod)ing $/.test(lead) && !/^\p{Lu}/u.test(value))
    return false
  if (/\bon $/.test(lead) && !/\s|\p{Lu}/u.test(value)) return false
  return !/^(?:up|out|on|off|down|over|towards?|it|this|that|them|myself|yourself|something|nothing|sure|sense|do|progress|trouble|fun|friends|castles|patience|mood|way|mind|empire|case)\b/.test(
    tail,
  )
}

function isStudy(value: string, { lead }: ValueContext): boolean {
  const words = fold(value).text
  if (/\bof (?:hard|life|doing|not)\b/.test(words)) return false
  const subject =
    /\b(?:phd|doctorate|degree|masters?|master's|bachelors?|bachelor's|diploma|doktor|doctorat)(?: thesis)? (?:in|en|of) (.+)$/.exec(
      words,
    )?.[1]
  if (subject !== undefined) return isSubject(subject)
  if (schooling.test(words)) return true
  return (
    !/\b(?:study|studied|studying|studiere?|etudie|estudio|estudiando|major|minor|subject|field)\b/.test(lead) ||
    isSubject(words)
  )
}

const schooling =
  /\b(?:school|universit\w*|college|course|class(?:es)?|uni|academy|degree|lessons|phd|masters?|master's|bachelors?|bachelor's|diploma|thesis|apprenticeship|mba|bsc|msc|ba|semester)\b/

function isSubject(words: string): boolean {
  return words
    .split(/ (?:and|und|et|y|in|at|an|en|a|with|for) |, /, 1)
    .every(part => subjects.test(part) || languageCode(part.split(' ')[0] ?? '') !== undefined)
}

/** Fields of study, most of them by how they end. */
const subjects =
  /(?:ics|logy|graphy|nomy|istry|ience|iences|tecture|ture|ation|ophy|ometry|math|maths|wissenschaft\w*|logie|grafie|ik|kunde|nomie|sophie|technik|iques?|logia|grafia|nomia|eria|ica|atica|ismo)\b|\b(?:law|arts?|history|music|cs|it|design|business|finance|economics|management|medicine|pharmacy|dentistry|nursing|journalism|drama|theat(?:er|re)|film|fashion|game design|physio\w*|engineering|jura|bwl|vwl|lehramt|chemie|biologie|medizin|geschichte|kunst|musik|germanistik|anglistik|biochemie|droit|lettres|histoire|medecine|gestion|chimie|derecho|historia|medicina|quimica|filosofia|bellas artes|accounting|marketing|programming|teaching|writing|acting|banking|publishing|planning|farming|cooking|counsell?ing|advertising|dancing|tourism|logistics)\b/

/** Fluent in a language, of people or of computers, whatever else there may be to be good at. */
function isSkill(value: string): boolean {
  const skill = fold(value).text
  if (/\b(?:nothing|everything|anything|being|losing|failing|breaking|wasting|procrastinat\w*)\b/.test(skill))
    return false
  const tongue = /^(?:fluent in|(?:fluent|some|a little|a bit of|basic|broken|good|decent)(?= \w+$)) (.+)$/.exec(
    skill,
  )?.[1]
  return (
    tongue === undefined ||
    tongue.split(/,? (?:and|or) |, /).every(name => languageCode(name) !== undefined || codeNames.test(name))
  )
}

const codeNames =
  /^(?:typescript|javascript|python|java|kotlin|go|rust|c|c\+\+|c#|ruby|php|swift|scala|haskell|sql|bash|perl|r|lua|html|css)$/

/** A thing, and neither a person nor a clause. */
function isLiking(_value: string, { lead, tail }: ValueContext): boolean {
  if (/^(?:dem|den|der) /.test(tail) || person.test(`${lead.slice(-8)}${tail}`) || somebody.test(tail)) return false
  return !/^(?:quand|lorsque|comment|ou\b|cuando|como|donde|wenn|wie\b|wo\b|als\b|when|how|where|it when|to (?:say|admit|interrupt|ask|bother|break)|wasting|losing)\b/.test(
    tail,
  )
}

const somebody = new RegExp(`^(?:the |some )?${people}(?:$|[ ,])`)
const person = new RegExp(`\\b(?:my|our|mein\\w*|mon|ma|mi) (?:\\w+ )?${people}\\b`)

/** More than what they are about to do or say. */
function isGoal(value: string, { lead, tail }: ValueContext): boolean {
  if (/\b(?:want|hope|need|plan|intend|wanna) (?:to )?$/.test(lead) && !/\s/.test(value)) return false
  if (/ (?:before|until|while) i\b/.test(tail)) return false
  return !/^(?:learning )?(?:the \w+ way|a lesson|my lesson|a lot|to (?:live|cope|deal) with|say|thank|ask|know|see|point|add|talk|hear|tell|check|clarify|mention|share|show|apologi[sz]e|help|give up|punch|throw|you\b|(?:scream|cry|die|sleep|eat|go home)(?: now)?$)/.test(
    tail,
  )
}
