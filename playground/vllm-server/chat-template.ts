export type ChatMessage = Readonly<{ role: string; content: string }>

/**
 * qwen3: thinks unless told not to. keeps-empty-think: the same, and leaves the empty think block on past answers, so that
 * the last answer stays a cache hit. thinking-only: opens the block in the prompt whatever it is told, so that only its
 * closing tag shows in an answer.
 */
export type Template = 'qwen3' | 'keeps-empty-think' | 'thinking-only'

export type TemplateOptions = Readonly<{
  enableThinking: boolean
  addGenerationPrompt: boolean
  continueFinalMessage: boolean
  template: Template
}>

const emptyThink = '<think>\n\n</think>\n\n'
const rolesOfTheTemplate: ReadonlySet<string> = new Set(['system', 'user', 'assistant', 'tool'])

/** ChatML as Qwen3's template writes it. Roles that it does not know vanish without an error, as they do there. */
export function renderPrompt(given: readonly ChatMessage[], options: TemplateOptions): string {
  const messages = mergeForDeveloper(given)
  const lastAsked = messages.findLastIndex(message => message.role === 'user')
  const turns = messages.map((message, index) => {
    if (!rolesOfTheTemplate.has(message.role)) return ''
    if (message.role === 'tool') return turn('user', `<tool_response>\n${message.content}\n</tool_response>`)
    if (message.role !== 'assistant') return turn(message.role, message.content)
    const isLast = index === messages.length - 1
    const said = withoutThinking(message.content)
    const text =
      options.template === 'keeps-empty-think' || (isLast && index > lastAsked) ? `${emptyThink}${said}` : said
    return isLast && options.continueFinalMessage ? `<|im_start|>assistant\n${text}` : turn('assistant', text)
  })
  const ending = options.addGenerationPrompt ? '<|im_start|>assistant\n' : ''
  return turns.join('') + ending + (ending && thinkPart(options))
}

function thinkPart(options: TemplateOptions): string {
  if (options.template === 'thinking-only') return '<think>\n'
  return options.enableThinking ? '' : emptyThink
}

function turn(role: string, text: string): string {
  return `<|im_start|>${role}\n${text}<|im_end|>\n`
}

function withoutThinking(text: string): string {
  const end = text.lastIndexOf('</think>')
  return end < 0 ? text : text.slice(end + '</think>'.length).replace(/^\n+/, '')
}

// One message of role "developer" makes vLLM merge every system message into the first place.
function mergeForDeveloper(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  if (!messages.some(message => message.role === 'developer')) return messages
  const isRule = (message: ChatMessage) => message.role === 'developer' || message.role === 'system'
  const rules = messages.filter(isRule).map(message => message.content)
  return [{ role: 'system', content: rules.join('\n\n') }, ...messages.filter(message => !isRule(message))]
}
