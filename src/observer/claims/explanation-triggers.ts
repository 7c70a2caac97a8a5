import { shuns, style } from './style-wishes.ts'

/** How things are to be explained. */
export const explanationTriggers = [
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
