import { filePayload } from '#playground/slack-server/events/message-payload.ts'
import { Arguments } from '#playground/slack-server/web-api/arguments.ts'
import { personOf, writableChannel } from '#playground/slack-server/web-api/channel-access.ts'
import { type Call, type Method, method } from '#playground/slack-server/web-api/method.ts'
import { viewPayload } from '#playground/slack-server/web-api/views.ts'
import { isJson, type Json } from '#playground/slack-server/world/json.ts'
import type { File } from '#playground/slack-server/world/message.ts'
import { postMessage } from '#playground/slack-server/world/post-message.ts'
import { badArguments, Refusal } from '#playground/slack-server/world/refusal.ts'
import { threadOf } from './chat-methods.ts'

export const appMethods: Readonly<Record<string, Method>> = {
  'apps.connections.open': { tier: 3, scopes: [], token: 'app', handle: openConnection },
  'oauth.v2.access': { tier: 4, scopes: [], token: 'none', handle: access },
  'api.test': { tier: 4, scopes: [], token: 'none', handle: ({ args }) => ({ args: args.all }) },
  'views.publish': method(4, [], publish),
  'views.open': method(4, [], openView),
  'views.update': method(4, [], updateView),
  'files.getUploadURLExternal': method(4, ['files:write'], uploadAddress),
  'files.completeUploadExternal': method(4, ['files:write'], completeUpload),
  'files.info': method(4, ['files:read'], fileInfo),
}

/** The origin is http on loopback, so the socket's address is ws. */
function openConnection({ world, tickets }: Call): Json {
  const origin = world.origin.replace(/^http/, 'ws')
  return { url: `${origin}/link/?ticket=${tickets.issue()}&app_id=${world.app.id}` }
}

function access({ oauth, args }: Call): Json {
  if (args.text('grant_type') === 'refresh_token') throw new Refusal('invalid_refresh_token')
  return oauth.access({
    id: args.required('client_id'),
    secret: args.required('client_secret'),
    code: args.required('code'),
    redirectUri: args.text('redirect_uri'),
  })
}

function readView({ args }: Call, type: string): Json {
  const view = args.object('view', 'invalid_arguments')
  if (!view) throw badArguments('missing required field: view')
  const { type: found, blocks } = view
  if (found !== type || !Array.isArray(blocks)) throw badArguments('unsupported type [json-pointer:/view]')
  return view
}

function publish(call: Call): Json {
  const { views, args, identity, world } = call
  const person = personOf(call, args.required('user_id'))
  const view = views.publish(identity.team.id, person.id, readView(call, 'home'), args.text('hash'))
  return { view: viewPayload(world, view) }
}

function openView(call: Call): Json {
  const { views, args, identity, world } = call
  const view = views.open(identity.team.id, args.required('trigger_id'), readView(call, 'modal'))
  return { view: viewPayload(world, view) }
}

function updateView(call: Call): Json {
  const { views, args, identity, world } = call
  return { view: viewPayload(world, views.update(identity.team.id, args.required('view_id'), readView(call, 'modal'))) }
}

function uploadAddress({ world, args, identity }: Call): Json {
  const name = args.required('filename')
  const size = Number(args.required('length'))
  if (!Number.isInteger(size) || size < 0) throw badArguments('invalid length')
  const id = world.ids.next('F')
  const { team, installation } = identity
  const bare = { id, name, title: name, mimetype: 'text/plain', teamId: team.id, ownerId: installation.botUserId }
  world.files.set(id, { ...bare, content: Buffer.alloc(0), createdAt: world.now() })
  return { upload_url: `${world.origin}/upload/v1/${id}`, file_id: id }
}

/** Without a channel the files stay private; with one they are posted as a message. */
function completeUpload(call: Call): Json {
  const { world, args, identity } = call
  const asked = (args.list('files', 'invalid_arguments') ?? []).filter(isJson)
  if (asked.length === 0) throw badArguments('missing required field: files')
  const files = asked.map(({ id, title }) => titled(call, String(id), title))
  const channelId = args.text('channel_id')
  if (channelId) {
    const inChannel = { ...call, args: new Arguments({ ...args.all, channel: channelId }) }
    const channel = writableChannel(inChannel)
    postMessage(world, channel, {
      channelId: channel.id,
      authorId: identity.installation.botUserId,
      botId: identity.installation.botId,
      subtype: 'file_share',
      text: args.text('initial_comment') ?? '',
      files,
      threadTs: threadOf(inChannel, channel),
    })
  }
  return { files: files.map(file => filePayload(world, file)) }
}

function titled({ world, identity }: Call, id: string, title: unknown): File {
  const file = world.files.get(id)
  if (file?.teamId !== identity.team.id) throw new Refusal('file_not_found')
  const named = typeof title === 'string' ? { ...file, title } : file
  world.files.set(id, named)
  return named
}

function fileInfo({ world, args, identity }: Call): Json {
  const file = world.files.get(args.required('file'))
  if (file?.teamId !== identity.team.id) throw new Refusal('file_not_found')
  return { file: filePayload(world, file) }
}
