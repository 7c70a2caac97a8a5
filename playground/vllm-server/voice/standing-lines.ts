export type Language = 'en' | 'de' | 'fr' | 'es'

/** How this person likes to be talked to, as the prompt says it. What is left out was not said. */
export type Standing = Readonly<{
  length?: 'short' | 'long'
  shape?: 'bullets' | 'prose'
  language?: Language
  /** What to call the person. */
  name?: string
}>

type Rule = Readonly<{ says: RegExp; means: (found: RegExpMatchArray) => Standing }>

/**
 * The seam between the prompt's wording and the voice: every sentence about style that the voice obeys is listed here.
 * Sentences are read in order and the last one about a thing wins, so that a person's lines outdo the persona's.
 */
const rules: readonly Rule[] = [
  {
    says: /\b(?:short|brief|concise|terse|brevity|(?:one|two|1|2) (?:short )?(?:sentences?|lines?))\b/i,
    means: () => ({ length: 'short' }),
  },
  {
    says: /\b(?:long|longer|detailed|thorough) (?:answers?|replies|explanations?)\b|\b(?:in depth|at length|in detail)\b|\blength[:=] ?long\b/i,
    means: () => ({ length: 'long' }),
  },
  { says: /\b(?:bullets?|bullet points?|bulleted|as (?:a )?lists?|in lists)\b/i, means: () => ({ shape: 'bullets' }) },
  {
    says: /\b(?:prose|flowing text|paragraphs|(?:no|not|without|avoid|(?:not|never) use|instead of)\s+(?:any\s+)?(?:bullets?|bullet points?|lists?))\b/i,
    means: () => ({ shape: 'prose' }),
  },
  {
    says: /\b(?:in|language[:=]?|speaks?|prefers?) (English|German|Deutsch|French|Fran[cç]ais|Spanish|Espa[nñ]ol)\b/i,
    means: found => languageCalled(found[1] ?? ''),
  },
  {
    says: /(?:\b[Cc]all (?:them|her|him|me|this person|the person|the user)|\b(?:[Tt]heir|[Hh]er|[Hh]is|[Tt]he person's|[Tt]he user's|[Pp]referred) name(?: is|:)|\b[Nn]ame[:=]|\b(?:[Gg]oes by|is called|[Ll]ikes to be called))\s+["“']?(\p{Lu}[\p{L}\p{M}'’-]{0,30})/u,
    means: found => ({ name: found[1] ?? '' }),
  },
]

/** Reads the style lines out of a system prompt, or of the notes at the end of a message. */
export function readStandingLines(text: string): Standing {
  let standing: Standing = {}
  for (const sentence of text.split(/(?<=[.!?;])\s+|\n+/)) {
    for (const { says, means } of rules) {
      const found = sentence.match(says)
      if (found) standing = { ...standing, ...means(found) }
    }
  }
  return standing
}

function languageCalled(name: string): Standing {
  const known: Readonly<Record<string, Language>> = { e: 'en', g: 'de', d: 'de', f: 'fr' }
  const isSpanish = /^(?:spa|espa)/i.test(name)
  const language = isSpanish ? 'es' : known[name.charAt(0).toLowerCase()]
  return language ? { language } : {}
}
