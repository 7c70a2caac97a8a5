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
    const isLast = index === messages.length - 1
    const whole = turnOf(message, index > lastAsked && isLast, options)
    // A message that goes on is one without its end.
    return isLast && options.continueFinalMessage ? whole.slice(0, -turnEnd.length) : whole
  })
  const ending = options.addGenerationPrompt ? '<|im_start|>assistant\n' : ''
  return turns.join('') + ending + (ending && thinkPart(options))
}

function thinkPart(options: TemplateOptions): string {
  if (options.template === 'thinking-only') return '<think>\n'
  return options.enableThinking ? '' : emptyThink
}

function turnOf({ role, content }: ChatMessage, isNewest: boolean, { template }: TemplateOptions): string {
  if (role === 'tool') return turn('user', `<tool_response>\n${content}\n</tool_response>`)
  if (role !== 'assistant') return turn(role, content)
  const { thought, said } = apart(content)
  if (isNewest) return turn(role, `<think>\n${thought}\n</think>\n\n${said}`)
  return turn(role, template === 'keeps-empty-think' ? `${emptyThink}${said}` : said)
}

const turnEnd = '<|im_end|>\n'

function turn(role: string, text: string): string {
  return `<|im_start|>${role}\n${text}${turnEnd}`
}

/** What the template takes for thinking in an answer, and what is left of it. */
function apart(text: string): Readonly<{ thought: string; said: string }> {
  const end = text.lastIndexOf('</think>')
  const said = text.slice(end < 0 ? 0 : end + '</think>'.length).replace(/^\n+/, '')
  const before = end < 0 ? '' : (text.slice(0, text.indexOf('</think>')).split('<think>').at(-1) ?? '')
  return { thought: before.replace(/^\n+|\n+$/g, ''), said }
}

// One message of role "developer" makes vLLM merge every system message into the first place.
function mergeForDeveloper(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  if (!messages.some(message => message.role === 'developer')) return messages
  const isRule = (message: ChatMessage) => message.role === 'developer' || message.role === 'system'
  const rules = messages.filter(isRule).map(message => message.content)
  return [{ role: 'system', content: rules.join('\n\n') }, ...messages.filter(message => !isRule(message))]
}
