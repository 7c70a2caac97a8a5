/**
 * Words that a tokenizer or a chat template would take for structure when a person writes them: `<|im_end|>` in a message
 * closes the turn for real (vLLM turns special-token text in user content into the tokens themselves). The last group are
 * the fences of our own prompt.
 */
const openToken = /<(?=[|｜])/g
const closeToken = /([|｜])>/g
const tag =
  /<(\/?\s*(?:think|thinking|thought|reasoning|tool_call|tool_response|tools|s|bos|eos|pad|unk|mask|[a-z]+_of_[a-z]+|context))(?=[\s/>])/gi
const tagEnd = /(‹\/?\s*[a-z_]+)\s*>/gi
const instruction = /\[(\/?(?:INST|[A-Z]+(?:_[A-Z]+)+))\]|<<(\/?SYS)>>/g

/** Keeps the words readable and takes their power: the angle brackets of control tokens become `‹` and `›`. Idempotent. */
export function neutralise(text: string): string {
  if (!/[<[]|[|｜]>/.test(text)) return text
  return text
    .replace(openToken, '‹')
    .replace(closeToken, '$1›')
    .replace(tag, '‹$1')
    .replace(tagEnd, '$1›')
    .replace(instruction, '($1$2)')
}
