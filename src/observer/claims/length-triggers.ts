import { answers, shuns, style, wants } from './style-wishes.ts'

const shorter =
  '(?:(?:more |very |really |a bit |a little |much |less |short and )?(?:shorter|short|brief|briefer|concise|succinct|terse|compact|to the point|sweet|crisp|snappy|one-sentence|one-line|tl;?dr|wordy|verbose|long-winded))'
const longer =
  '(?:(?:more |very |really |a bit |a little |much )?(?:longer|long|detailed|elaborate|thorough|verbose|in-depth|extensive|comprehensive|in detail))'
/** How long answers are to be. */
export const lengthTriggers = [
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
