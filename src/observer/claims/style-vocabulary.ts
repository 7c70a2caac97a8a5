import type { slotValues } from '#src/core/claim.ts'

export type StyleSlot = keyof typeof slotValues | 'language'

/** The words that people say with how they want to be answered; English, German, French, Spanish; folded. */

/** Plurals of what can also be one thing that is asked for: "make a table" is a task, "tables please" a wish. */
const words: Readonly<Partial<Record<StyleSlot, Readonly<Record<string, string>>>>> = {
  reply_length: {
    short:
      'short shorter brief briefer briefly concise concisely succinct succinctly terse tldr compact crisp snappy kurz kurzer kurze kurzere kurzen knapp knapper knappe bref breve breves court courte courts courtes concis corto corta cortos cortas conciso',
    long: 'long longer detail details detailed elaborate thorough comprehensive in-depth verbose wordy lengthy long-winded novels essays rambling lang lange langen langer langere ausfuhrlich ausfuhrlicher ausfuhrliche detailliert detaillierter romane longue longs longues detaille detaillees largo larga largos largas detallado detallada detalladas extenso',
  },
  reply_format: {
    bullets: 'bullets stichpunkte stichpunkten stichworte aufzahlungen puces vinetas lists listen listes listas',
    numbered: 'numbered_lists',
    table: 'tables tabellen tableaux tablas',
    headings: 'headings headers uberschriften titres titulos',
    bold: 'bold fett fettschrift negrita negritas',
    prose: 'prose prosa fliesstext full_sentences',
    code: 'code',
  },
  emoji_use: {
    emoji: 'emoji emojis emoticons smileys smilies emoticones emoticonos caritas',
  },
  tone: {
    formal: 'formal polite professional formell formlich hoflich formel professionnel',
    casual: 'casual informal relaxed chill locker lockerer lassig ungezwungen decontracte informel',
    warm: 'warm friendly friendlier kind kinder nice nicer gentle gentler nett netter freundlich freundlicher lieb gentil gentille amable',
    cold: 'cold harsh rude mean gemein rau',
    direct: 'direct blunt frank honest straightforward direkt direkter ehrlich directe directo directa franc',
    playful:
      'playful funny funnier witty lustig lustiger witzig drole divertido graciosa gracioso jokes witze blagues chistes',
    serious: 'serious sachlich ernst serieux serio',
  },
  explanation: {
    simple: 'simple simply simpler einfach einfacher einfache simplement simples sencillo sencilla sencillas eli5',
    technical: 'technical technisch technique tecnico',
    jargon: 'jargon fachbegriffe fachjargon fachchinesisch buzzwords',
    examples: 'examples beispiele beispielen exemples ejemplos',
    step_by_step: 'step_by_step',
    sources: 'sources references citations quellen fuentes',
    conclusion_first: 'conclusion_first',
    small_talk: 'small_talk chitchat pleasantries fluff flattery filler preamble floskeln',
  },
}

export const properties: ReadonlyMap<string, Readonly<{ slot: StyleSlot; value: string }>> = new Map(
  (Object.keys(words) as StyleSlot[]).flatMap(slot =>
    Object.entries(words[slot] ?? {}).flatMap(([value, its]) =>
      its.split(' ').map(word => [word, { slot, value }] as const),
    ),
  ),
)

/** Several words that are one. */
export const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b(?:bullet(?:ed)?[ -](?:points?|lists?)|dot points|listes? a puces|listas? de vinetas)\b/g, 'bullets'],
  [/\b(?:numbered|ordered|nummerierte|numerotees) (?:lists?|listen|points|steps)\b/g, 'numbered_lists'],
  [/\b(?:full|whole|complete|ganze) (?:sentences|satze)\b|\bplain (?:text|prose)\b/g, 'full_sentences'],
  [/\bbold (?:text|words|print|type)\b/g, 'bold'],
  [/\bcode examples\b|\b(?:with|mit) (?:an? |einem )?(?:example|beispiel)\b/g, 'examples'],
  [/\bwalls? of text\b|\bdeep dives?\b/g, 'long'],
  [
    /\b(?:max(?:imum|imal)? |at most )?(?:one|two|three|a few|a couple of|[1-5]|ein|zwei|drei|une|deux|trois|dos|tres)(?: or \w+)? (?:sentences?|lines?|satze?|zeilen?|phrases?|frases?|lineas?)\b/g,
    'short',
  ],
  [/\bwrite more\b/g, 'write long'],
  [/\btl;dr\b|\bone-liners?\b/g, 'tldr'],
  [/\bstep[ -]by[ -]steps?\b|\bschritt fur schritt\b|\b(?:pas a pas|etape par etape|paso a paso)\b/g, 'step_by_step'],
  [/\bsmall[ -]talk\b|\bchit-chat\b|\bintro(?:duction)?s\b/g, 'small_talk'],
  [/\b(?:technical|fancy|big) (?:terms|words)\b/g, 'jargon'],
  [
    /\b(?:like|as if) (?:i'?m|i am|i were) (?:five|5|a (?:kid|child|beginner))\b|\b(?:layman'?s|plain|easy) (?:terms|words|english|language)\b/g,
    'simple',
  ],
  [
    /\b(?:lead|start|begin|open) with the (?:answer|conclusion|result|bottom line|summary)\b|\bthe (?:answer|conclusion|result|bottom line) first\b/g,
    'give conclusion_first',
  ],
  [
    /\b(?:from now on|in (?:the )?future|in general|next time|every time|ab jetzt|in zukunft|a partir de (?:ahora|maintenant)|de ahora en adelante|desormais)\b/g,
    'always',
  ],
  [/\b(?:por favor|s'il (?:te|vous) plait|if possible|wenn moglich)\b/g, 'please'],
  [
    /\b(?:don'?t|do not|not|nicht|can'?t) (?:really |even )?(?:write|use|need|want|like|do|give|be|make|send|stand|go)\b/g,
    'dont',
  ],
  [/\bnot (?:a fan of|into|keen on)\b/g, 'dont'],
  [/\bnot so (?:many|much)\b/g, 'fewer'],
]

function list(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

export const negators = list(`
  no not dont don't never without stop avoid drop skip cut lose quit hate dislike less fewer zero
  kein keine keinen nicht nie ohne weniger lass hasse
  pas sans moins jamais evite arrete deteste
  sin nada menos nunca evita odio`)

/** One of them, or a denial, makes it a wish. */
export const wishWords = list(`
  please pls plz thx thanks ty be keep make give get use using write answer reply respond explain talk speak stick switch go stay prefer like love want need
  enjoy appreciate always learn only just easier fine ok okay works welcome enough suffice reichen shorter longer briefer simpler funnier nicer friendlier gentler
  bitte danke lieber gern gerne fass fasse halt halte schreib schreibe antworte mach erklar erklare erklar's erklars red rede sprich mag will mochte bevorzuge sei bleib nutze immer nur
  lockerer formlicher kurzer kurzere knapper ausfuhrlicher direkter einfacher
  stp svp fais sois soyez parle parlons reponds ecris explique explique-moi veux voudrais prefere aime plus toujours
  porfa porfi se sea responde respondeme contestame escribe escribeme hablame explica explicame habla quiero prefiero gustan gusta mas siempre mejor usa`)

/** They say nothing of their own. */
export const fillers = list(`
  i me you u your ur to for with in into of the a an it them things is are r be at on as and so really very much more bit little way far any some all mostly usually
  generally again ever here can could would will kindly best better good great read reading understand free feel answer answers reply replies response responses
  message messages explanation explanations style version text texts tone language sentence sentences words that this stuff many ones lol btw tbh tho though instead
  through markdown lets let's hey ok yeah easier up out off ruhig
  es alles das antwort antworten mir mich dir dich deine deinen dein etwas ein eine einen bisschen viel mit auf so sehr es ist sind und noch mal doch jetzt kannst konntest du ich weg mehr reden schreiben antworten erklaren fassen hatte wenn geht
  reponse reponses tes ta ton des de d la le les un une en l je j moi est sont tres un peu avec et tu peux
  respuesta respuestas tus tu con las los el la son muy un poco y me conmigo puedes hazlo`)
