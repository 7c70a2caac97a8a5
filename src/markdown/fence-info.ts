/** What chats take for the name of a language. */
const name = /^[\w+\-.#]+$/

/** What stands behind the marks that open a fence: the name of a language, if it begins with one, and the rest. */
export function partsOfInfo(info: string): Readonly<{ language: string; rest: string }> {
  const words = info.trim()
  const language = /^\S*/.exec(words)?.[0] ?? ''
  return name.test(language) ? { language, rest: words.slice(language.length).trim() } : { language: '', rest: words }
}
