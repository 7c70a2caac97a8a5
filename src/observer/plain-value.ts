/** A value that is longer than that is no value. */
const maxLength = 80
/** All that a value may hold: what else a text could be made to look like stays out of the prompt. */
const foreign = /[^\p{L}\p{M}\p{N} .,'’+#&%/:-]+/gu
/** Words with which a value would speak to the model and not of the person; the validator refuses them as well. */
const commanding =
  /\b(?:ignore|disregard|override|system|assistant|developer|instructions?|prompt|jailbreak|reveal|tool_?calls?|im_start|im_end)\b/iu

/** A value as a prompt may show it, in quotation marks; `undefined` when nothing harmless is left of it. */
export function plainValue(value: string): string | undefined {
  const plain = value.normalize('NFKC').replace(foreign, ' ').replace(/\s+/gu, ' ').trim()
  const short = [...plain].slice(0, maxLength).join('').trim()
  if (!/[\p{L}\p{N}]/u.test(short) || commanding.test(short)) return undefined
  return `"${short}"`
}
