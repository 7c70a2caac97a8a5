import { type AnswerPlan, planAnswer } from './answer-plan.ts'
import { answerTokens } from './answer-source.ts'
import { type ApiError, engineBusy, engineDead, errorRecord, unknownModel } from './api-error.ts'
import type { OpenCall } from './call-log.ts'
import { type ChatRequest, readChatRequest } from './chat-request.ts'
import { streamAnswer } from './chat-stream.ts'
import { renderPrompt } from './chat-template.ts'
import { answerWhole } from './chat-whole.ts'
import { checkContext } from './context-check.ts'
import { checkContinuation } from './continuation-check.ts'
import type { Engine } from './engine.ts'
import type { Exchange } from './exchange.ts'
import { faultBeforeHeaders } from './fault-before-headers.ts'
import { answerByHttp } from './http-script.ts'
import { Job } from './job.ts'
import { readJsonBody } from './json-body.ts'
import { checkSampling } from './range-check.ts'
import { checkSchema } from './schema-check.ts'
import type { Script } from './script.ts'
import { SseStream } from './sse-stream.ts'

/** POST /v1/chat/completions. */
export async function chatCompletions(engine: Engine, exchange: Exchange): Promise<void> {
  const read = await readJsonBody(exchange.req)
  const call = engine.log.open(exchange.requestId, exchange.req.headers, 'object' in read ? read.object : {})
  exchange.onClose(() => engine.log.close(call, 'aborted'))
  const understood = 'error' in read ? read : readChatRequest(read.object, engine.state.model)
  if ('error' in understood) return refuse(engine, exchange, call, understood.error)
  const request = { ...understood.request, priority: priorityOf(exchange, understood.request) }
  const script = engine.scriptFor(request)
  call.ignored = request.ignored
  call.script = script.name
  if (script.http) return answerByHttp(engine, exchange, call, script.http)
  const error = turnedAway(engine, request)
  if (error) return refuse(engine, exchange, call, error)
  await accept(engine, exchange, call, request, script)
}

// The header outdoes the body, so that a gateway can set a class without opening it.
function priorityOf(exchange: Exchange, request: ChatRequest): number {
  const given = Number(exchange.req.headers['x-vllm-priority'] ?? Number.NaN)
  return Number.isInteger(given) ? given : request.priority
}

function turnedAway(engine: Engine, request: ChatRequest): ApiError | undefined {
  const { profile, options, scheduler, state } = engine
  if (request.model !== undefined && request.model !== state.model) return unknownModel(request.model, state.model)
  if (engine.isDead) return engineDead
  const limit = profile.refusesWhenFull ? options.maxQueuedReqs : undefined
  if (limit === undefined || scheduler.running + scheduler.waiting < limit) return undefined
  engine.metrics.rejections += 1
  return engineBusy
}

async function accept(
  engine: Engine,
  exchange: Exchange,
  call: OpenCall,
  request: ChatRequest,
  script: Script,
): Promise<void> {
  const { options, tokenizer, profile, state } = engine
  const thinking = request.enableThinking ?? options.enableThinking
  const { addGenerationPrompt, continueFinalMessage } = request
  const { template } = options
  const rendering = { enableThinking: thinking, addGenerationPrompt, continueFinalMessage, template }
  const cannotGoOn = checkContinuation(request.messages, rendering)
  if (cannotGoOn) return refuse(engine, exchange, call, cannotGoOn)
  const promptText = renderPrompt(request.messages, rendering)
  const promptIds = tokenizer.encode(promptText).map(token => token.id)
  call.promptTokens = promptIds.length
  const room = checkContext(promptIds.length, request.maxTokens, state.maxModelLen, profile)
  if ('error' in room) return refuse(engine, exchange, call, room.error)
  const outOfRange = checkSampling(request.body)
  if (outOfRange) return refuse(engine, exchange, call, outOfRange)
  const refused =
    request.schema === undefined ? undefined : checkSchema(request.schema, profile, options.structuredBackend)
  if (refused)
    return request.stream ? refuseInStream(engine, exchange, call, refused) : refuse(engine, exchange, call, refused)
  const { voice, reasoningParser } = options
  const source = answerTokens({ request, script, voice, tokenizer, thinking, reasoningParser, template })
  const plan: AnswerPlan = planAnswer(source, request, script, room.maxTokens)
  const identity = {
    id: `chatcmpl-${exchange.requestId}`,
    created: Math.floor(Date.now() / 1_000),
    model: state.model,
    fingerprint: engine.fingerprint,
  }
  const job = new Job({ engine, exchange, call, request, script, plan, identity, promptText, promptIds })
  if (await faultBeforeHeaders(job)) return
  await (request.stream ? streamAnswer(job) : answerWhole(job))
}

function refuse(engine: Engine, exchange: Exchange, call: OpenCall, error: ApiError): void {
  call.status = error.status
  engine.log.close(call, 'refused')
  exchange.refuse(error, engine.profile)
}

// What the engine itself refuses comes too late for a status: the headers are out by then.
async function refuseInStream(engine: Engine, exchange: Exchange, call: OpenCall, error: ApiError): Promise<void> {
  call.status = 200
  exchange.res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const stream = new SseStream(exchange, {}, engine.ticker)
  stream.record(errorRecord(error, engine.profile))
  stream.done()
  engine.log.close(call, 'refused')
  await stream.end()
}
