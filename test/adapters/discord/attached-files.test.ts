import { expect, it } from 'vitest'
import { incomingMessage } from '#adapters/discord/incoming.ts'
import { aDirectMessage, aScene } from './a-message.ts'

const cdn = 'https://cdn.discordapp.com/attachments/1/2/notes.txt?ex=1&is=2&hm=3'
const file = { id: '1', filename: 'notes.txt', content_type: 'text/plain', size: 12, url: cdn }

function told(attachments: readonly object[], sketch: object = {}) {
  return incomingMessage(aDirectMessage({ attachments: attachments as never, ...sketch }), aScene())?.message
}

it('tells what came along from Discord’s own hosts, and calls it unread no more', () => {
  expect(told([file])).toMatchObject({ unread: [], files: [{ name: 'notes.txt', mediaType: 'text/plain', bytes: 12 }] })
})

it.each([
  ['another host', { ...file, url: 'https://cdn.discordapp.com.evil.example/notes.txt' }],
  ['another scheme', { ...file, url: cdn.replace('https', 'http') }],
  ['no address', { ...file, url: undefined }],
])('only names a file with %s', (_, one) => {
  const message = told([one])
  expect([message?.unread, message?.files]).toEqual([['the file notes.txt'], undefined])
})

it('only names a voice message', () => {
  const message = told([{ ...file, filename: 'voice-message.ogg' }], { flags: 8192 })
  expect([message?.unread, message?.files]).toEqual([['the voice message'], undefined])
})

it('takes a file without a word for something that was said', () => {
  expect(told([file], { content: '' })).toMatchObject({ text: '', files: [{ name: 'notes.txt' }] })
})
