/**
 * The text without what sounds like a matter that is never kept and is none: trades, places, dishes, tools, and turns of phrase. Each
 * of them is a fixed company of words, so that what else stands in the sentence is still read.
 */
export function withoutHarmless(folded: string): string {
  return harmless.reduce((text, pattern) => text.replace(pattern, ' '), folded)
}

/** What somebody works as says nothing of themself, though its words are those of the matter. */
const jobs =
  /\b(?:ich bin|je suis|soy|trabajo como|arbeite als) (?:une? |una |eine? )?(?:anwalt|anwaltin|arztin|arzt|richter\w*|psycholog\w*|therapeut\w*|polizist\w*|apotheker\w*|avocate?|medecin|psychologue|policier\w*|pharmacien\w*|abogad[oa]|medic[oa]|psicolog[oa]|policia|farmaceutic[oa])\b|\b(?:i'?m|i am|i work as|as) (?:an? |the )?(?:[a-z]+ ){0,2}(?:lawyer|solicitor|judge|notary|paralegal|surgeon|doctor|physician|dentist|psychologist|psychiatrist|therapist|physiotherapist|pharmacist|nurse|paramedic|police officer|banker|investor|accountant|tax advisor|priest|pastor|social worker)\b|(?:\bi work|(?:er|or|ist|ian|man|woman|analyst|dev|cook|chef|nurse|clerk|guard)) (?:at|in|for) (?:an? |the )?(?:[a-z]+ ){0,2}(?:hospital|clinic|pharmacy|bank|court|law firm|insurance company|police station|church)\b|\b(?:study|studying|studied|studiere|etudie|estudio) (?:human |veterinary )?(?:medicine|psychology|pharmacy|nursing|law|theology|politics|political science|finance|dentistry|medizin|jura|psychologie|theologie|medecine|psychologie|medicina|psicologia)\b/g

/** Where somebody works, by what their trade is: nobody is a patient, a debtor or a believer by it. */
const tradeOf =
  /\b(?:i'?m|i am|i was|as) (?:an? |the )?(?:[a-z]+ )?(?:bank|court|prison|police|hospital|clinic|insurance|mortgage|tax|loan|finance|financial|pension|political|cancer|medical|surgical|legal|immigration|debt|crime|fraud|vaccine|blood) (?:teller|clerk|cashier|manager|porter|receptionist|secretary|administrator|librarian|archivist|technician|electrician|plumber|carpenter|gardener|cleaner|cook|caterer|engineer|developer|researcher|scientist|biologist|statistician|architect|organist|musician|artist|cartoonist|photographer|journalist|reporter|correspondent|historian|stenographer|interpreter|translator|dispatcher|guard|guide|warden|inspector|analyst|advisor|adviser|consultant|planner|broker|collector|officer|editor|writer|teacher|lecturer)\b|\b(?:church|temple|mosque|synagogue) (?:organist|secretary|gardener|architect|cleaner|guide|receptionist|administrator|photographer)\b|\bunion (?:electrician|plumber|carpenter)\b/g

/** A building that one lives near tells as little as the street that is named for it. */
const buildings = 'bank|banks|church|temple|mosque|synagogue|hospital|clinic|court|courthouse|prison|jail|police'
const places = [
  `\\b(?:live|lived|living|work|working|office is|flat is|house is|shop is|moved|based|staying|grew up|sit|sitting|walk|jog|meet|park)(?: [a-z]+){0,3} (?:near|behind|opposite|beside|above|below|next to|close to|across from|in front of|(?:streets?|stops?|minutes?|blocks?) from) (?:the |an? )?(?:[a-z]+ )?(?:${buildings})(?: station| square)?\\b`,
  `\\b(?:${buildings}|union|trinity|mission) (?:street|st|road|rd|lane|row|square|bar|hill|avenue|gate|gardens|park|district|museum|quarter)\\b`,
  '\\b(?:river|canal) banks?\\b|\\bbanks? of (?:the|a) (?:river|canal|lake|stream|rhine|thames|seine|danube)\\b',
].map(source => new RegExp(source, 'g'))

const dishes =
  /\b(?:kosher salt|blood (?:oranges?|sausage)|poor (?:man's|knights?)|rich (?:[a-z]+ )?(?:cake|chocolate|sauce|soup|stew|broth|coffee|flavou?rs?|taste|text|library|client|snippets?)|rich in (?:ideas|fib(?:er|re)|protein|flavou?r|iron|colou?r)|(?:extra[- ])?virgin (?:olive|coconut|oil|mojito)|trans-(?:siberian|atlantic|pacific))(?: oil)?\b/g

const crafts =
  /\b(?:password (?:manager|generator)|login shell|pin vi[sc]e|(?:tie|lapel|push|bowling|knitting|rolling) pins?|token[- ](?:count|limit|budget|ring|css|bucket)(?:s|ing)?|(?:github|design|css) tokens|trial (?:version|period|run|riding|bikes?)|free trial|rich library|(?:union|sum) types?|(?:discriminated|tagged|sql) unions?|mass (?:spectromet\w+|production|transit|storage|market)|stock (?:android|photo\w*|footage|images?|rom|pot|cubes?)|(?:memory|data|power|piggy|image) banks?|bank holidays?|(?:heart rate|blood moon) (?:monitor|app|sensor)|(?:tennis|squash|badminton|basketball|volleyball|clay|grass|hard|food|indoor|outdoor)(?: (?:tennis|basketball|volleyball|padel))? courts?|(?:crime|police|court|prison) (?:novels?|fiction|dramas?|series|stor(?:y|ies)|thrillers?|procedurals?|podcasts?|movies?)|gospel (?:choir|music|songs?)|(?:monopoly(?: with [a-z]+)?|play|toy) money)\b/g

const turns =
  /\b(?:ill at ease|sick of (?:meetings|mondays|rain|winter|emails?|small talk|spam|waiting|leftovers|buzzwords)|mad about|liberal (?:use|with|amount)|allergic to (?:meetings|mornings|mondays|small talk|buzzwords|jargon|deadlines|bureaucracy|nonsense)|addicted to (?:crosswords?|puzzles|sudoku|chess|podcasts|books|reading|series|running|coffee|tea|chocolate)|chronic (?:curiosity|optimis[mt]|procrastinat\w+)|judge (?:an? |the )?(?:[a-z]+ )?by|earn(?:ed)? my (?:coffee|dessert|beer|dinner|lunch|breakfast|keep)|owe (?:you|him|her|them|my [a-z]+) an? (?:postcard|favou?r|coffee|beer|call|letter|answer|reply|apology|visit|drink|lunch|dinner)|invest(?:ed|ing)? (?:my |some |more |much |a lot of )?(?:time|effort|energy)|vote for (?:pizza|pasta|tea|cake|the (?:second|first|last))|bet money on|(?:blind|wine) tasting|broke[- ]proof|poor (?:choice|excuse|taste in))\b/g

const harmless: readonly RegExp[] = [jobs, tradeOf, ...places, dishes, crafts, turns]
