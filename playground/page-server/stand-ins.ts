import type { ServerResponse } from 'node:http'
import type { Stage } from '#playground/stage.ts'

/** Where the stand-in of that name takes calls; `undefined`: there is none, such as of a model that is real. */
export function controlOf({ discord, slack, model }: Stage, room: string): string | undefined {
  if (room === 'discord') return `${discord.world.origin}/__control/`
  if (room === 'slack') return `${slack.world.origin}/__control/`
  return room === 'model' && model.standIn ? `${model.standIn.adminUrl}/__admin/` : undefined
}

/** Hands a call on to the control interface of a stand-in, and its answer back. */
export async function handOn(control: string, name: string, body: string, response: ServerResponse): Promise<void> {
  const url = control + encodeURIComponent(name)
  // What somebody does is done once: it is not tried again when a line that was kept open was just being closed.
  const headers = { 'content-type': 'application/json', connection: 'close' }
  const answer = await fetch(url, { method: 'POST', headers, body })
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
}

/** A file that somebody put under a message: to be saved, never to be shown as a part of this page. */
export async function serveFile(stage: Stage, path: string, response: ServerResponse): Promise<void> {
  const [, , platform, ...rest] = path.split('/')
  const found = platform === 'slack' ? slackFile(stage, rest[0] ?? '') : discordFile(stage, rest)
  if (!found) return void response.writeHead(404).end()
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': disposition })
  response.end(found.bytes)
}

function slackFile({ slack }: Stage, id: string) {
  const file = slack.world.files.get(id)
  return file && { name: file.name, bytes: file.content }
}

function discordFile({ discord }: Stage, [, , id = '']: readonly string[]) {
  const file = discord.world.files.get(id)
  return file && { name: file.filename, bytes: file.bytes }
}
