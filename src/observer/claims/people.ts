/** For patterns: the nouns for people that others are called by, in English, German, French and Spanish; folded, without an ending. */
export const people = `(?:${[
  'boss|manager|lead|teacher|professor|prof|doctor|client|customer|colleague|coworker|co-worker|wife|husband|partner|girlfriend|boyfriend|gf|bf|fiancee?|ex|crush',
  'sister|brother|mother|mom|mum|mama|father|dad|papa|parent|son|daughter|kid|child|children|baby|toddler|twin|aunt|uncle|cousin|niece|nephew|gran|grandma|grandpa|granny|grandmother|grandfather|family',
  'friend|mate|buddy|neighbou?r|roommate|flatmate|landlord|landlady|intern|trainee|candidate|applicant|user|guy|girl|boy|man|woman|lady|bloke|dude|person|student|driver|barber|singer|actor|speaker|author|narrator|host|guest|ceo|cto|pm',
  'chef|chefin|kollege|kollegin|freund|freundin|frau|mann|mutter|vater|bruder|schwester|oma|opa|tante|onkel|tochter|sohn|neue|neuer|kunde|kundin|lehrer|lehrerin|nachbar|nachbarin|mitbewohner|mitbewohnerin|typ|hausmeister',
  'patron|patronne|collegue|ami|amie|copain|copine|femme|mari|mere|pere|frere|soeur|fils|fille|voisin|voisine|coloc|cliente?|tante|oncle',
  'jefe|jefa|colega|amigo|amiga|novio|novia|esposo|esposa|marido|mujer|madre|padre|hermano|hermana|hijo|hija|vecino|vecina|profe|profesora?|tia|tio|prima|primo|abuela|abuelo|companer[oa]',
].join('|')})s?`

/** Those who are spoken of without "my" or "the". */
export const closePeople = '(?:dad|mum|mom|mama|papa|grandpa|grandma|granny|gran|oma|opa|customer \\d+|client)'

/** What stands before them. */
export const whose =
  '(?:my|our|his|her|their|the|an?|this|that|one of my|mein\\w*|unser\\w*|der|die|das|ein\\w*|mon|ma|mes|notre|le|la|une?|mi|mis|el|un|una)'
