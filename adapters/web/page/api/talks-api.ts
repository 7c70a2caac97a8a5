import type {
  BriefingLine,
  Judgement,
  Noted,
  Persona,
  Talk,
  TalkPage,
  Told,
  Transcript,
} from '#adapters/web/page/wire.ts'
import { askJson, askServer } from './ask-server.ts'

const room = '/api/conversations'

export const talksApi = {
  list(cursor?: string): Promise<TalkPage> {
    return askJson('GET', `${room}?${new URLSearchParams({ limit: '50', ...(cursor && { cursor }) })}`)
  },
  search(words: string): Promise<TalkPage> {
    return askJson('GET', `${room}?${new URLSearchParams({ q: words, limit: '50' })}`)
  },
  begin(): Promise<Talk> {
    return askJson('POST', room, {})
  },
  read(id: string, limit: number, before?: string): Promise<Transcript> {
    return askJson('GET', `${room}/${id}?${new URLSearchParams({ limit: `${limit}`, ...(before && { before }) })}`)
  },
  change(id: string, change: Readonly<{ title?: string | null; persona?: string | null }>): Promise<Talk> {
    return askJson('PATCH', `${room}/${id}`, change)
  },
  async drop(id: string): Promise<void> {
    await askServer('DELETE', `${room}/${id}`)
  },
  async personas(): Promise<readonly Persona[]> {
    return (await askJson<{ personas: readonly Persona[] }>('GET', '/api/personas')).personas
  },
  async briefing(id: string): Promise<readonly BriefingLine[]> {
    const lines = `/api/briefing?${new URLSearchParams({ conversationId: id })}`
    return (await askJson<{ lines: readonly BriefingLine[] }>('GET', lines)).lines
  },
  async command(conversationId: string, verb: string, words = ''): Promise<Told | null> {
    return (await askJson<{ told: Told | null }>('POST', '/api/commands', { conversationId, verb, words })).told
  },
  async tap(messageId: string, action: string): Promise<Told | null> {
    return (await askJson<{ told: Told | null }>('POST', '/api/taps', { messageId, action })).told
  },
  judge(messageId: string, { verdict, reason }: Judgement): Promise<Noted> {
    if (verdict === null) return askJson('DELETE', '/api/feedback', { messageId })
    return askJson('POST', '/api/feedback', { messageId, verdict, ...(reason && { reason }) })
  },
  async edit(messageId: string, message: string): Promise<void> {
    await askServer('PATCH', `/api/messages/${encodeURIComponent(messageId)}`, { message })
  },
  async stop(turnId: string): Promise<void> {
    await askServer('DELETE', `/api/chat/${turnId}`)
  },
}
