import { shuns, style, wants } from './style-wishes.ts'
import type { Trigger } from './triggers.ts'

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

/** What answers are to look like. */
export const formTriggers: readonly Trigger[] = [...emojis, ...shapes, ...shapesBesides]
