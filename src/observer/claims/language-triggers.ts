import { anyLanguage } from './named-values.ts'
import { style } from './style-wishes.ts'
import { type Trigger, trigger } from './triggers.ts'

const metric =
  '(?:metric(?: units| system| measures)?|celsius|kilomet(?:re|er)s|kilos|kilograms|si units|cent[ia]met(?:re|er)s|met(?:re|er)s|das metrische system|metrische einheiten)'
const imperial =
  '(?:imperial(?: units| system| measures)?|fahrenheit|miles|pounds|inches|feet|us units|american units|ounces)'
function units(value: string, noun: string): readonly Trigger[] {
  return style('units', value, [
    `(?:PLEASE(?:use|stick to|give me|show me|answer in|convert to|write in|with|in)(?: only| everything in)?|i OFTEN(?:use|prefer|like|think in|want|need|understand|work in)|i'?d (?:like|prefer)|give me (?:\\w+ ){1,3}in|bitte(?: in| benutze| nutze)?|ich (?:nutze|benutze|bevorzuge)) (?:the |my )?${noun}(?: and [a-z]+)?(?:,? (?:not|over|instead of|rather than) [a-z ]+)?END`,
    `(?:only |in )?${noun},? (?:please|pls|plz|bitte)(?:,? not [a-z ]+)?`,
  ])
}

const tongue = `(?<v>${anyLanguage})`
const languages = [
  `PLEASE(?:answer|reply|respond|write|talk|speak|chat|continue|communicate|text)(?: to me| with me| me)?(?: always| only| back)?(?: in)? ${tongue}(?: only| always| with me| to me| whenever [a-z ]+)*END`,
  `PLEASE(?:switch|change|stick) to ${tongue}END`,
  `let'?s do (?:this|it|that) in ${tongue}END`,
  `(?:kannst|konntest|wurdest) du (?:bitte )?(?:mit mir )?(?:auf )?${tongue} (?:mit mir )?(?:reden|sprechen|schreiben|antworten)END`,
  `let'?s (?:speak|talk|write|chat|continue|switch|use|stick)(?: in| to)? ${tongue}END`,
  `i OFTEN(?:prefer|like|want|need)(?: to (?:write|speak|talk|read|chat|get answers))?(?: answers| replies)?(?: in)? ${tongue}(?: answers| replies)?(?: over [a-z]+)?END`,
  `i(?:'?d| would) (?:rather|prefer|like)(?: to)?(?: (?:write|speak|talk|read|chat|continue|get answers|have answers|answers))?(?: in)? ${tongue}(?: answers| replies)?END`,
  `(?:in )?${tongue},? (?:please|pls|plz|por favor|bitte|s'il (?:te|vous) plait|stp)END`,
  `my (?:native|first|mother|main|preferred|favou?rite) (?:language|tongue) is ${tongue}END`,
  `my language is ${tongue}END`,
  `i (?:can )?only (?:understand|speak|read|know) ${tongue}END`,
  `(?:bitte )?(?:antworte|antworten sie|schreib|schreibe|schreiben sie|sprich|rede|rede mit mir|sprich mit mir)(?: mir| mit mir)?(?: bitte)?(?: immer| nur| ab jetzt)*(?: auf| in)? ${tongue}(?: mit mir)?END`,
  `(?:bitte )?(?:immer |nur |ab jetzt )?auf ${tongue}(?: bitte)?END`,
  `(?:ich (?:mochte|will|bevorzuge|hatte gern)(?: lieber)?(?: antworten)?(?: auf)?) ${tongue}(?: (?:sprechen|schreiben|reden))?END`,
  `meine muttersprache ist ${tongue}|ma langue maternelle est (?:le |l')?${tongue}|mi (?:lengua materna|idioma) es (?:el )?${tongue}`,
  `(?:reponds|repondez|ecris|ecrivez|parle|parlons|parlez)(?:-| )?(?:moi)?(?: toujours| toujours)? en ${tongue}|en ${tongue} (?:s'il|stp|svp)`,
  `(?:responde|respondeme|contesta|contestame|escribe|escribeme|habla|hablame|hablemos)(?: siempre)? en ${tongue}|en ${tongue},? por favor`,
  `je prefere (?:le |l'|en )?${tongue}END|prefiero (?:el |en )?${tongue}END`,
].map(source => trigger('language', 'instruction', source))

const codeTongue =
  '(?<v>typescript|javascript|python|java|kotlin|go|golang|rust|c\\+\\+|c#|f#|c|ruby|php|swift|scala|haskell|elixir|erlang|clojure|r|julia|perl|lua|dart|sql|bash|zig|ocaml|matlab|fortran|cobol|objective-c|groovy|nim|crystal|solidity|assembly)(?![\\w+#])'
const codeLanguages = [
  `(?:i OFTEN(?:prefer|like|want)|i'?d (?:like|prefer)) ${codeTongue}(?: (?:for|in|over|examples|code|snippets)(?: .*)?)?END`,
  `PLEASE(?:use|give|show|write|prefer)(?: me)?(?: examples| code)?(?: in)? ${codeTongue} (?:in|for|examples|code|snippets|whenever|when)(?: (?:all |your |my |the )?(?:code )?(?:examples|code|snippets|samples))?END`,
  `PLEASE(?:write|give|show)(?: me)?(?: all| your| the)? (?:code|examples|code examples|snippets) in ${codeTongue}END`,
  `i OFTEN(?:write|code|program|develop|work)(?: mostly| mainly| only| usually| a lot| code)?(?: in| with)? ${codeTongue}(?: for .*| at work| every day| these days)?END`,
  `i OFTENuse ${codeTongue}(?: for .*| at work| every day| these days| a lot)?END`,
  `IM an? ${codeTongue} (?:person|guy|gal|girl)END`,
  `${codeTongue} is my (?:main|favou?rite|fave?|preferred|primary|go-to)(?: programming| coding)? languageEND`,
  `my (?:main|favou?rite|fave?|preferred|primary|usual|go-to)(?: programming| coding)? language is ${codeTongue}`,
  `(?:all )?(?:code|examples|code examples|snippets)(?: always)? in ${codeTongue}END`,
  `ich (?:programmiere|schreibe|code|entwickle)(?: meist| meistens| hauptsachlich| nur)? (?:in|mit) ${codeTongue}|je (?:code|programme|developpe) en ${codeTongue}|programo en ${codeTongue}`,
]
  .map(source => trigger('code_language', 'preference', source))
  .concat(
    trigger(
      'code_language',
      'preference',
      `(?:mostly|mainly|usually|only) (?:write|code in|program in|use) ${codeTongue}END`,
      {
        sure: false,
        isClipped: true,
      },
    ),
  )

/** The languages, spoken and of programs, and the units that answers are to be in. */
export const languageTriggers: readonly Trigger[] = [
  ...units('metric', metric),
  ...units('imperial', imperial),
  ...languages,
  ...codeLanguages,
]
