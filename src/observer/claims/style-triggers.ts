import type { Slot } from '#src/core/claim.ts'
import { anyLanguage } from './named-values.ts'
import { type Trigger, trigger } from './triggers.ts'

const answers = '(?:answers?|replies|reply|responses?|messages?|explanations?|style answers|ones|sentences|words)'
const shorter =
  '(?:(?:more |very |really |a bit |a little |much |less |short and )?(?:shorter|short|brief|briefer|concise|succinct|terse|compact|to the point|sweet|crisp|snappy|one-sentence|one-line|tl;?dr|wordy|verbose|long-winded))'
const longer =
  '(?:(?:more |very |really |a bit |a little |much )?(?:longer|long|detailed|elaborate|thorough|verbose|in-depth|extensive|comprehensive|in detail))'
const wants =
  "(?:i OFTEN(?:prefer|like|love|want|need|appreciate|enjoy)|i'?d (?:rather have|like|prefer|love|appreciate)|i would (?:like|prefer|appreciate)|OFTENappreciate|give me|send me|OFTENprefer)"
const shuns =
  "(?:i (?:really |just )?(?:hate|dislike|can'?t stand|cannot stand|don'?t (?:really )?(?:like|want|need|enjoy)|do not (?:like|want|need)|'?m not a fan of)|IM not a fan of)"

function style(slot: Slot, value: string, sources: readonly string[], polarity: 1 | -1 = 1): readonly Trigger[] {
  return sources.map(source => trigger(slot, 'instruction', source, { value, polarity }))
}

const lengths = [
  ...style('reply_length', 'short', [
    `PLEASE(?:be|keep it|keep them|keep things|make it|make them|keep (?:your |the )?${answers}|make (?:your |the )?${answers}|answer|reply|respond|write|stay) (?:more )?(?:much |a bit |a little )?${shorter}(?:ly)?END`,
    `PLEASE(?:answer|reply|respond|write) (?:more )?(?:briefly|concisely|succinctly)END`,
    `${wants} (?:(?:my|your|the) )?(?:answers )?${shorter}(?: and [a-z-]+)?(?: ${answers})?END`,
    `PLEASE${shorter} (?:and [a-z]+ )?${answers}END`,
    `${shorter},? (?:please|pls|plz)`,
    `PLEASEshort and sweetEND`,
    `(?:your|the|these|those) ${answers} (?:are|is|get|were|was) (?:way |far |much |a bit |always |often |usually |getting )*too (?:long|wordy|verbose|detailed)`,
    `(?:that|this|it)(?:'?s| was| is) (?:way |far |much |a bit )?too (?:long|wordy|verbose|much text)`,
    `(?:way |far |much )?too (?:long|wordy|verbose|much text)END`,
    `PLEASE(?:don'?t|do not|stop) (?:writ|be|ramb|go|mak)\\w* (?:so |too |on so )?(?:much|long|wordy|verbose)`,
    `(?:no|fewer|less)(?: more)? (?:walls? of text|long ${answers}|essays|novels|rambling|fluff|text|words)END`,
    `${shuns} (?:long|lengthy|long-winded|wordy|verbose|detailed|walls? of)(?: ${answers}| text)?END`,
    `(?:i hate) (?:long|lengthy|long-winded|wordy|verbose)[ ](?:${answers})END`,
    `PLEASE(?:answer|reply|respond|limit (?:yourself|your answers)|keep (?:it|your answers|answers|replies|things)|stick)(?: me)? (?:in|to|within|under|below) (?:at most |max(?:imum)? |no more than |up to )?(?:one|two|three|four|a few|a couple of|\\d+(?: ?(?:-|to|or) ?\\d+)?) (?:short )?(?:sentences?|words|lines|paragraphs?)`,
    `(?:PLEASE(?:give|send|tell) me|gimme) the (?:short version|tl;?dr)END`,
    `the short version (?:is fine|is enough|will do)`,
    `(?:one|two|three|max(?:imum)? \\w+|at most \\w+) (?:sentences?|lines?|paragraphs?)(?: (?:max|at most|is enough|are enough))?END`,
    `PLEASE(?:get|come) (?:straight )?to the pointEND`,
    `(?:bitte )?(?:antworte |schreib |schreibe |antworten sie )?(?:mir )?(?:bitte )?(?:immer |etwas |viel )?(?:kurzer|knapper|kurz|knapp)(?: und knapp)?(?: bitte)?(?: (?:antworten|fassen|schreiben|halten))?END`,
    `(?:bitte )?(?:fass|fasse|fassen sie|halt|halte) (?:dich|es|sich|deine antworten) (?:bitte )?(?:immer )?(?:kurz|kurzer|knapp)`,
    `(?:bitte )?(?:antworte|schreib)(?: mir)?(?: bitte)?(?: immer| nur)? in (?:kurzen|wenigen) (?:satzen|worten)`,
    `(?:ich )?mag keine (?:langen|ausfuhrlichen) (?:antworten|texte)|(?:ich )?(?:mag|will|mochte|bevorzuge|hatte gern) (?:lieber )?(?:kurze|kurzere|knappe) (?:antworten|texte)`,
    `(?:kurzere|kurze|knappere) antworten(?: bitte)?`,
    `(?:sois|soyez|reponds|repondez)(?:-moi)? (?:plus )?(?:bref|breve|concis|concise|court|brievement)`,
    `(?:je prefere|je veux|j'aime) (?:les |des )?reponses (?:plus )?(?:courtes|breves)|(?:des )?reponses (?:plus )?(?:courtes|breves)`,
    `(?:se|sea|responde) (?:mas )?(?:breve|conciso|corto)|respuestas (?:mas )?(?:cortas|breves)|(?:prefiero|quiero|me gustan) (?:las )?respuestas (?:mas )?(?:cortas|breves)`,
  ]),
  ...style('reply_length', 'long', [
    `PLEASE(?:be|make it|make (?:your |the )?${answers}|answer|reply|respond|write) ${longer}END`,
    `PLEASE(?:answer|reply|respond|explain)(?: things)? in (?:more |greater |full |much more )?(?:detail|depth)`,
    `(?:i OFTEN(?:prefer|like|love|want|need|appreciate)|i'?d (?:like|prefer)|i would (?:like|prefer)) (?:(?:your|the) )?${longer} ${answers}END`,
    `PLEASE(?:give|write|send) me ${longer} ${answers}END`,
    `${longer} ${answers},? (?:please|pls|plz)`,
    `PLEASE(?:go|get) into (?:more |greater |the )?(?:detail|details|depth)`,
    `PLEASE(?:give me|add|include|provide|tell me) (?:a lot |much |some |way )?more (?:detail|details|depth|background|context)END`,
    `${wants} (?:a lot |much |some |way |a bit )?more (?:detail|details|depth|background)END`,
    `PLEASEmore (?:detail|details|depth)END`,
    `(?:your|the|these) ${answers} (?:are|is) (?:way |far |much |a bit |always )*too (?:short|brief|terse)`,
    `(?:that|this|it)(?:'?s| was| is) (?:way |far |much |a bit )?too (?:short|brief|terse)`,
    `(?:bitte )?(?:antworte )?(?:bitte )?(?:ausfuhrlicher|langer|detaillierter|genauer)END`,
    `ich (?:mag|will|mochte|bevorzuge) (?:lieber )?(?:ausfuhrliche|lange|langere) antworten`,
    `(?:sois|soyez) plus (?:detaille|long|precis)|(?:se|sea) mas (?:detallado|extenso)|(?:je prefere|j'aime) (?:les |des )?reponses (?:longues|detaillees)|(?:prefiero|quiero) respuestas (?:mas )?(?:largas|detalladas)`,
  ]),
]

const formats: readonly (readonly [value: string, many: string, one?: string])[] = [
  ['numbered', 'numbered (?:lists|steps)|ordered lists|nummerierte listen|listes numerotees|listas numeradas'],
  [
    'bullets',
    'bullet(?:ed)?(?: |-)?(?:points|lists)|bullets|lists|dot points|stichpunkte|stichworte|listen|aufzahlungen|listes|puces|listas|vinetas',
    'bullet point|bullet form',
  ],
  ['table', 'tables|tabellen|tableaux|tablas', 'table form|tabular form'],
  ['headings', 'headings|headers|headlines|section titles|uberschriften|titres|titulos'],
  ['bold', 'bold(?: text| words| type)?|fett(?:schrift|druck|en text)?'],
  ['code', 'code(?: snippets| blocks| samples)?'],
  [
    'prose',
    'prose|(?:full|whole|complete|running|plain) (?:sentences|text|paragraphs)|paragraphs|fliesstext|ganze satze|prosa|phrases completes',
  ],
]

const placed =
  '(?: for [a-z]+| when [a-z ]+| over [a-z ]+| instead(?: of [a-z ]+)?| rather than [a-z ]+| than [a-z ]+|,? not [a-z ]+)?END'

const shapes = formats.flatMap(([value, many, one = 'nothing']) => {
  const noun = `(?:${many})`
  const uses = `PLEASE(?:use|prefer|stick to|write in|write with|write|answer in|answer with|reply in|reply with|respond in|respond with|give me|format (?:it|things|answers|your answers|everything) (?:as|in|with))`
  const shunning = [
    `(?:no|never|without|zero|fewer|less)(?: more| any)? ${noun}END`,
    `PLEASE(?:never|don'?t|do not|stop|avoid|quit|no longer)(?: ever)?(?: (?:with|use|using|write|writing|give me|giving me|send|sending|answer in|answering in|make|making|put|add|adding|do))? (?:any |so many |all these |those |the |your )?${noun}END`,
    `${shuns} (?:the |your |any |so many |all these )?${noun}${placed}`,
    `(?:bitte )?(?:keine|ohne|benutze keine|verwende keine|schreib keine|nutze keine) ${noun}END`,
    `ich (?:mag|will|mochte|hasse) (?:keine )${noun}END|ich hasse ${noun}END`,
    `(?:pas de|sans|evite les|n'utilise pas de|plus de) ${noun}END|je (?:n'aime pas|deteste) les ${noun}END`,
    `(?:sin|nada de|evita las|no uses|no quiero) ${noun}END|no me gustan las ${noun}END|odio las ${noun}END`,
  ]
  const liking = [
    `${uses} (?:more |only |short |simple |mainly |mostly |in )*(?:${many}|${one})${placed}`,
    `${wants} (?:more |only |short |simple )?(?:answers )?(?:in |as |with )?${noun}${placed}`,
    `(?:i OFTEN(?:prefer|like|love|want)) (?:it when you use |to (?:get|read|have|see) |answers (?:in|as|with) |things (?:in|as) )${noun}${placed}`,
    `(?:more )?${noun},? (?:please|pls|plz)`,
    `${noun} (?:work|works|are|is|help|helps)(?: me)? (?:best|better|great|good|nice|fine|the best|ideal|a lot|most)(?: for me)?END`,
    `(?:bitte )?(?:benutze|verwende|nutze|antworte in|antworte mit|schreib in|mehr) ${noun}END|${noun} bitte|ich (?:mag|liebe|will|mochte|bevorzuge) ${noun}END`,
    `(?:utilise|fais|emploie) (?:des |les )?${noun}END|(?:j'aime|je prefere) (?:les |des )?${noun}END`,
    `(?:usa|utiliza|haz) (?:las )?${noun}END|(?:me gustan|prefiero) (?:las )?${noun}END`,
  ]
  return [...style('reply_format', value, shunning, -1), ...style('reply_format', value, liking)]
})

const shapesBesides = [
  ...style('reply_format', 'code', [
    `PLEASE(?:show|give|send)(?: me)? (?:only |just )?(?:the )?code(?: first| only)?END`,
    `PLEASEcode (?:first|only)END`,
  ]),
  ...style('reply_format', 'numbered', [
    `PLEASE(?:number|enumerate) (?:the |your |all )?(?:steps|points|items|lists?)END`,
  ]),
]

const emoji = '(?:emoji|emojis|emoticons?|smileys?|smilies|emoticones|caritas)'
const emojis = [
  ...style('emoji_use', 'none', [
    `(?:no|never|without|zero)(?: more| any)? ${emoji}END`,
    `PLEASE(?:never|don'?t|do not|stop|avoid|drop|skip|quit|lose|leave out|no longer)(?: ever)?(?: (?:use|using|send|sending|add|adding|put|putting|with))? (?:any |so many |all these |all those |those |the |these |your )?${emoji}END`,
    `${shuns} (?:the |your |any |so many |all these )?${emoji}END`,
    `(?:bitte )?(?:keine|ohne|lass die|benutze keine|verwende keine|nutze keine) ${emoji}(?: (?:mehr|weg))?END|ich (?:mag|will|mochte) keine ${emoji}|ich hasse ${emoji}`,
    `(?:pas d'|sans |plus d'|evite les |arrete les )${emoji}END|je (?:n'aime pas|deteste) les ${emoji}`,
    `(?:sin|nada de|no uses|evita los) ${emoji}END|no me gustan los ${emoji}`,
  ]),
  ...style('emoji_use', 'few', [
    `PLEASE(?:use )?(?:fewer|less|not so many|not too many|only a few) ${emoji}END`,
    `(?:bitte )?weniger ${emoji}END|moins d'${emoji}END|menos ${emoji}END`,
  ]),
  ...style('emoji_use', 'more', [
    `PLEASE(?:use |add |send )?(?:more|lots of|many|some)(?: of)? ${emoji}END`,
    `use more of themEND`,
    `PLEASEuse ${emoji}END`,
    `${emoji} are (?:fine|ok|okay|welcome|great|good|fun|nice|cool)`,
    `i OFTEN(?:like|love|enjoy|want|adore) (?:the |your )?(?:more )?${emoji}END`,
    `(?:bitte )?(?:mehr|gerne|benutze) ${emoji}END|ich (?:mag|liebe) ${emoji}END|j'(?:aime|adore) les ${emoji}END|me (?:gustan|encantan) los ${emoji}END`,
  ]),
]

function tone(value: string, words: string, opposite = 'nothing'): readonly Trigger[] {
  const be = `PLEASE(?:be|sound|stay|talk|speak|write|keep it|keep things|act)(?: to me| with me)?`
  return style('tone', value, [
    `${be} (?:more |a bit more |a little more |very |quite |really |rather |always )?(?:${words})(?: and [a-z]+)?END`,
    `${be} (?:less |not so |not too )(?:${opposite})END`,
    `PLEASE(?:less|not so) (?:${opposite})END`,
    `(?:you )?(?:(?:don'?t|do not) (?:have|need) to|no need to) be (?:so |too |that |all )?(?:${opposite})END`,
    `PLEASE(?:don'?t|do not|stop) (?:be|being|sound|sounding) (?:so |too |that |overly )?(?:${opposite})END`,
    `${wants} (?:a |an |the )?(?:more |very )?(?:${words}) (?:tone|voice|style|language|manner|way of talking|answers|replies)END`,
    `PLEASE(?:use|keep) (?:a |an |the )?(?:more |very )?(?:${words}) (?:tone|voice|style|language)END`,
    `PLEASE(?:more|a bit more|a little more) (?:${words})END`,
    `(?:i OFTEN(?:prefer|like) it )(?:more )?(?:${words})END`,
  ])
}

const tones = [
  ...tone('formal', 'formal|polite|professional|businesslike|respectful', 'casual|informal|sloppy|chummy'),
  ...tone(
    'casual',
    'casual|informal|relaxed|chill|easygoing|loose|laid-back',
    'formal|stiff|polite|professional|official',
  ),
  ...tone('warm', 'friendly|warm|kind|gentle|empathetic|encouraging|supportive|nice|patient', 'cold|harsh|rude|dry'),
  ...tone(
    'direct',
    'direct|blunt|frank|honest|straightforward|straight|upfront|candid|brutally honest',
    'diplomatic|vague|evasive',
  ),
  ...tone('playful', 'playful|funny|humorous|witty|silly|fun', 'serious|dry'),
  ...tone(
    'serious',
    'serious|factual|sober|matter-of-fact|neutral|objective',
    'playful|funny|silly|jokey|childish|cheerful|enthusiastic',
  ),
  ...style('tone', 'direct', [
    `PLEASE(?:don'?t|do not|stop|no) (?:sugar-?coat|beat around the bush|hedge|hedging|sugar-?coating)`,
    `(?:just )?tell me (?:straight|the truth)END`,
  ]),
  ...style('tone', 'serious', [
    `(?:no|fewer|less)(?: more)? (?:jokes|puns|joking|humou?r|silliness)END`,
    `PLEASE(?:stop|avoid|skip|cut|drop|don'?t make|do not make) (?:with |making |the |your |any )*(?:jokes|puns|joking)END`,
    `${shuns} (?:the |your )?(?:jokes|puns|humou?r)END`,
    `keine witze(?: bitte)?|pas de blagues|sin chistes`,
  ]),
  ...style('tone', 'playful', [
    `i OFTEN(?:like|love|enjoy) (?:some |a bit of |your )?(?:humou?r|jokes|puns|wit)(?: in (?:your )?(?:answers|replies))?END`,
    `PLEASE(?:make|tell|add|use) (?:more |some )?(?:jokes|puns|humou?r)END`,
    `(?:more )?(?:jokes|puns|humou?r),? please`,
  ]),
  ...style('tone', 'casual', [
    `PLEASE(?:talk|speak|write) (?:to|with) me like (?:a|my|an old) (?:friend|buddy|mate|pal)`,
    `(?:bitte )?(?:du kannst mich|ihr konnt mich|wir konnen uns|du darfst mich|sie konnen mich) (?:gerne |ruhig )?duzen`,
    `(?:lass uns|bitte) duzen|duz mich|sag (?:ruhig )?du`,
    `(?:tu peux|vous pouvez|on peut) (?:me |se )?tutoyer|tutoie(?:-| )moi`,
    `(?:puedes|me puedes) tutear(?:me)?|tuteame`,
  ]),
  ...style('tone', 'formal', [
    `(?:bitte )?(?:siezen sie mich|sie konnen mich siezen|siez mich)`,
    `vouvoie(?:z)?(?:-| )moi`,
    `tratame de usted|trateme de usted`,
  ]),
]

const explaining = [
  ...style('explanation', 'simple', [
    `PLEASE(?:explain|describe|tell me|put|say)(?: (?:things|it|everything|stuff|concepts))?(?: to me)?(?: (?:more|very|really))?(?: in)? ?(?:simply|simple(?:r)?(?: words| terms| language)?|plain(?:ly)?(?: words| terms| language| english)?|like i'?m (?:five|5|a beginner)|for (?:a )?beginners?|in layman'?s terms|easy words)`,
    `PLEASE(?:avoid|no|skip|don'?t use|without|less|drop) (?:the |any |too much |so much )?(?:jargon|technical terms|buzzwords|big words|fancy words)`,
    `i OFTEN(?:need|want|like|prefer) (?:things|it|stuff|everything)(?: to be)? explained (?:to me )?(?:very |more )?(?:simply|plainly|like i'?m five|in simple (?:words|terms))`,
    `PLEASEuse (?:simple|plain|easy|simpler) (?:words|language|terms|english)`,
    `(?:i OFTEN(?:prefer|like|need|want)|i'?d like) (?:simple|simpler|plain|easy) (?:explanations|language|words|terms)`,
    `(?:bitte )?(?:erklar|erklare) (?:es |mir |alles |mir alles |es mir )*(?:bitte )?(?:einfach(?:er)?|in einfachen worten)|(?:explique|expliquez)(?:-moi)? (?:plus )?simplement|explica(?:me)? (?:las cosas )?(?:de forma )?(?:sencill|simple)`,
  ]),
  ...style('explanation', 'technical', [
    `PLEASE(?:be|get|go)(?: more| as| very)? technical`,
    `(?:i OFTEN(?:prefer|like|want)|i'?d like) (?:more |the )?technical (?:answers|details|explanations|terms|depth)`,
    `PLEASE(?:skip|no|leave out) (?:the )?(?:basics|beginner stuff|introductions?)END`,
  ]),
  ...style('explanation', 'examples', [
    `(?:i OFTEN(?:like|love|prefer|want|need|appreciate)|i'?d like|i learn (?:best )?(?:with|from|by|through)) (?:more |concrete |some |code |real |practical )*examples`,
    `PLEASE(?:give|use|show|add|include|explain with|explain by)(?: me)? (?:always |more |concrete |some |an |real |practical |lots of )*examples?END`,
    `(?:more |concrete )?examples,? please`,
    `(?:bitte )?(?:mehr|mit|gib mir) beispiele?n?|ich mag beispiele`,
  ]),
  ...style('explanation', 'step_by_step', [
    `PLEASE(?:explain|describe|walk me through|guide me|go|do|tell me|show me|answer|take me)(?: (?:it|things|everything|this stuff))?(?: to me)?(?: through)? ?(?:step by step|step-by-step|one step at a time|in steps)`,
    `(?:i OFTEN(?:prefer|like|need|want)|i'?d like|i learn best with) step[- ]by[- ]step`,
    `step[- ]by[- ]step,? please`,
    `(?:bitte )?(?:erklar|erklare) .*schritt fur schritt|pas a pas|paso a paso`,
  ]),
  ...style('explanation', 'sources', [
    `PLEASE(?:cite|give|name|add|include|link|quote|show|list|state)(?: me)? (?:your |the |always |all )*(?:sources|references|citations)`,
    `(?:i OFTEN(?:want|like|need|prefer)|i'?d like) (?:answers with |to see |the |your )?(?:sources|references|citations)`,
    `(?:with )?(?:sources|references),? please|quellen bitte|(?:bitte )?mit quellen`,
  ]),
  ...style('explanation', 'conclusion_first', [
    `PLEASE(?:start|begin|lead|open) with the (?:conclusion|answer|result|bottom line|summary|point|outcome)`,
    `PLEASE(?:put |give me )?(?:the )?(?:conclusion|answer|bottom line|result|summary) firstEND`,
    `i OFTEN(?:want|like|prefer) the (?:conclusion|answer|result|bottom line|summary) first`,
    `(?:das )?(?:ergebnis|fazit) zuerst`,
  ]),
  ...style('explanation', 'no_small_talk', [
    `PLEASE(?:get|come) (?:straight |right )?to the pointEND`,
    `PLEASE(?:skip|no|cut|drop|avoid|stop|without|leave out)(?: with)? (?:the |all the |your |any |making )?(?:small ?talk|pleasantries|chit-?chat|flattery|filler|fluff|intro(?:duction)?s?|greetings|compliments|preamble|apologies|disclaimers|praise)`,
    `${shuns} (?:the |your |any )?(?:small ?talk|pleasantries|chit-?chat|flattery|filler|fluff|preamble|disclaimers)`,
    `PLEASE(?:don'?t|do not|stop) (?:flatter|flattering|apologi[sz]e|apologi[sz]ing|praise|praising|compliment|complimenting)`,
  ]),
]

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

/** How people say how they want to be answered. What is normalised has one meaning whatever else the words say. */
export const styleTriggers: readonly Trigger[] = [
  ...lengths,
  ...emojis,
  ...shapes,
  ...shapesBesides,
  ...tones,
  ...explaining,
  ...units('metric', metric),
  ...units('imperial', imperial),
  ...languages,
  ...codeLanguages,
]
