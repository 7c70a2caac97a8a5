/** Names of languages, folded, as people write them in English, German, French, Spanish and in the language itself; ISO 639-1. */
const languages: Readonly<Record<string, string>> = {
  ar: 'arabic arabisch arabe',
  bg: 'bulgarian bulgarisch bulgare',
  ca: 'catalan katalanisch catala',
  cs: 'czech tschechisch tcheque cestina cesky',
  da: 'danish danisch danois dansk',
  de: 'german deutsch allemand aleman',
  el: 'greek griechisch grec griego',
  en: 'english englisch anglais ingles',
  es: 'spanish spanisch espagnol espanol castellano',
  et: 'estonian estnisch',
  eu: 'basque baskisch',
  fa: 'persian farsi persisch',
  fi: 'finnish finnisch finnois suomi suomeksi',
  fr: 'french franzosisch francais frances',
  he: 'hebrew hebraisch hebreu',
  hi: 'hindi',
  hr: 'croatian kroatisch hrvatski',
  hu: 'hungarian ungarisch hongrois magyar',
  id: 'indonesian indonesisch',
  it: 'italian italienisch italien italiano',
  ja: 'japanese japanisch japonais japones nihongo',
  ko: 'korean koreanisch coreen coreano',
  lt: 'lithuanian litauisch',
  lv: 'latvian lettisch',
  nb: 'norwegian norwegisch norvegien norsk',
  nl: 'dutch niederlandisch hollandisch neerlandais nederlands holandes',
  pl: 'polish polnisch polonais polski polaco',
  pt: 'portuguese portugiesisch portugais portugues',
  ro: 'romanian rumanisch roumain',
  ru: 'russian russisch russe ruso',
  sk: 'slovak slowakisch',
  sl: 'slovene slovenian slowenisch',
  sr: 'serbian serbisch',
  sv: 'swedish schwedisch suedois svenska sueco',
  th: 'thai',
  tr: 'turkish turkisch turc turkce turco',
  uk: 'ukrainian ukrainisch ukrainien',
  vi: 'vietnamese vietnamesisch',
  zh: 'chinese mandarin chinesisch chinois chino',
}

const codes = new Map(
  Object.entries(languages).flatMap(([code, names]) => names.split(' ').map(name => [name, code] as const)),
)

/** For a pattern: any name of a language. */
export const anyLanguage = `(?:${[...codes.keys()].join('|')})`

export function languageCode(name: string): string | undefined {
  return codes.get(name)
}

const zones: readonly (readonly [RegExp, string])[] = [
  [/^(?:mez|cet|central european(?: standard)? time)$/, 'CET'],
  [/^(?:mesz|cest|central european summer time)$/, 'CET'],
  [/^(?:eet|eest)$/, 'EET'],
  [/^(?:wet|west)$/, 'WET'],
  [/^(?:pst|pdt|pt|pacific(?: standard| daylight)?(?: time)?)$/, 'America/Los_Angeles'],
  [/^(?:mst|mdt|mountain(?: standard| daylight)?(?: time)?)$/, 'America/Denver'],
  [/^(?:cdt|us central(?: time)?)$/, 'America/Chicago'],
  [/^(?:est|edt|et|eastern(?: standard| daylight)?(?: time)?)$/, 'America/New_York'],
  [/^(?:bst|british(?: summer)? time|uk time|london time)$/, 'Europe/London'],
  [/^(?:jst|japan(?:ese)?(?: standard)? time|tokyo time)$/, 'Asia/Tokyo'],
  [/^(?:ist|indian(?: standard)? time|india time)$/, 'Asia/Kolkata'],
  [/^(?:utc|gmt)$/, 'UTC'],
]

/** An IANA name or `UTC+02:00`; `undefined` when it is no zone that we know. */
export function timezoneName(folded: string): string | undefined {
  const zone = folded.replace(/\s+/g, ' ').trim()
  const offset = /^(?:utc|gmt) ?([+-]) ?(\d{1,2})(?::?([0-5]\d))?$/.exec(zone)
  if (offset) {
    const [, sign, hours = '', minutes = '00'] = offset
    return Number(hours) <= 14 ? `UTC${sign}${hours.padStart(2, '0')}:${minutes}` : undefined
  }
  const known = zones.find(([pattern]) => pattern.test(zone))?.[1]
  if (known !== undefined) return known
  const wanted = zone.replaceAll(' ', '_')
  return Intl.supportedValuesOf('timeZone').find(name => name.toLowerCase() === wanted)
}

/** For a pattern: what `timezoneName` may understand. */
export const anyTimezone =
  '(?:(?:utc|gmt) ?[+-] ?\\d{1,2}(?::?\\d\\d)?|utc|gmt|mez|mesz|ces?t|eest|eet|wet|pst|pdt|mst|mdt|cdt|est|edt|bst|jst|ist|[a-z]+/[a-z_]+(?:/[a-z_]+)?|(?:pacific|mountain|eastern|us central|british|uk|london|tokyo|japan|indian|india|central european)(?: (?:standard|daylight|summer))? time)'

/** The whole set: any words between slashes would be a way to write some into the notes. */
const pronoun =
  '(?:she|hers?|he|him|his|they|theirs?|them|it|its|xe|xem|xyrs?|ze|zir|zem|hirs?|fae|faers?|ey|em|eirs?|any|all|ask|er|ihm|ihn|sein|sie|ihr|dey|deren|elle|il|lui|iel|iels|ella|la|el|lo|le|su)'

export const anyPronouns = `(?:${pronoun}(?: ?/ ?${pronoun}){1,3})(?![a-z/])`
