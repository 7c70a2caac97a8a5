import { isSentLine } from '#src/core/sent-line.ts'

/** Stands for what is not the person's own; no word is on both sides of it. */
export const gap = '\uFFFC'

/**
 * A message with all that is not the person's own words blanked out, character by character, so that places in it are places in
 * the message: quotes, code, forwarded text, addresses, mentions, and text that is handed over to be worked on.
 */
export function ownWords(text: string): string {
  if (isSentLine(text)) return blanked(text)
  const read = foreign.reduce((words, pattern) => words.replace(pattern, blanked), text.slice(0, longest))
  return read + text.slice(longest).replace(/[^\n]/g, gap)
}

/** Who says more at once says it in the first lines, or shows a text; and patterns stay quick. */
const longest = 4_000

/** As a model reads it. */
export function shownWords(text: string): string {
  return ownWords(text)
    .replace(new RegExp(`(?:\\s*${gap}+\\s*)+`, 'gu'), ' … ')
    .trim()
}

function blanked(found: string): string {
  return found.replace(/[^\n]/g, gap)
}

const taskWords =
  'translate|proofread|summari[sz]e|rewrite|rephrase|paraphrase|polish|grammar|spelling|correct|fix|improve|shorten|edit|review|analy[sz]e|draft|sentence|text|email|following|übersetz\\w*|korrigier\\w*|traduis|corrige|traduce'

const foreign: readonly RegExp[] = [
  /^[ \t]*(?:```|~~~)[\s\S]*?(?:^[ \t]*(?:```|~~~)|(?:```|~~~)|(?![\s\S]))/gm,
  /```[\s\S]*?(?:```|$)/g,
  // All that follows was written elsewhere.
  /^.*(?:forwarded message|original message|weitergeleitete nachricht|message transféré|mensaje reenviado).*$[\s\S]*/gim,
  /^(?:from|von|de): .*@[\s\S]*/gim,
  /^.*\b(?:wrote|writes|schrieb|a écrit|escribió):[ \t]*$[\s\S]*/gim,
  new RegExp(`\\b(?:${taskWords})\\b[^\\n:]{0,80}:[\\s\\S]*`, 'gi'),
  // In Discord a quote that begins so goes on to the end of the message.
  /^[ \t]*(?:>>>|(?:&gt;){3})[\s\S]*/gm,
  // Quotes of chats, mail and terminals.
  /^[ \t]*\|?[ \t]*(?:>|&gt;).*$/gm,
  /(?:^[ \t]*(?:\[[^\]\n]{1,20}\][ \t]*)?[\p{Lu}][\p{L}. ]{0,20}:[ \t].*$\n?){2,}/gmu,
  // Code that nobody fenced.
  /^(?: {4}|\t).*$/gm,
  /^.*(?:[;{}][ \t]*$|=[ \t]*["'`]|\w\(["'`]).*$/gm,
  /^[ \t]*(?:\/\/|#|\$ |\{|const |let |var |select |insert |import |def |class |git |npm |error \d).*$/gim,
  /`[^`\n]*`/g,
  // Somebody's speech, set in quotation marks.
  /"[^"\n]*(?:"|$)/gm,
  /[“”„][^“”\n]*(?:[“”]|$)/gm,
  /«[^»\n]*(?:»|$)/gm,
  /(?<![\p{L}\p{N}])['‘](?=\S)[^'‘’\n]{2,}['’](?![\p{L}\p{N}])/gu,
  /<(\w{1,20})[^>\n]{0,80}>[^\n]{0,300}?<\/\1>|<[^>\n]{0,200}>/g,
  /\b[a-z][a-z\d+.-]{0,20}:\/\/\S+|\bwww\.\S+|\b[\w-]+\.[a-z]{2,}\/\S*|\bmailto:\S+/gi,
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|(?<!\w)@\w+|(?<!\w)#[\p{L}][\w-]*/gu,
]
