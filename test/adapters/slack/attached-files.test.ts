import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { incomingMessage } from '#adapters/slack/incoming.ts'
import { patience } from '#test/support/patience.ts'
import { aMessage, aScene } from './a-message.ts'

const slack = 'https://files.slack.com/files-pri/T1-F1/notes.txt'
const file = { id: 'F1', name: 'notes.txt', mimetype: 'text/plain', size: 12, url_private: slack }

function told(files: readonly object[], origins: readonly string[] = ['https://files.slack.com']) {
  const access = { origins, headers: { authorization: 'Bearer a-token' } }
  const message = aMessage({ files, text: 'see', subtype: 'file_share' })
  return incomingMessage(message, aScene({ files: () => access }))?.message
}

it('tells what came along from Slack’s own host, and calls it unread no more', () => {
  expect(told([file])).toMatchObject({ unread: [], files: [{ name: 'notes.txt', mediaType: 'text/plain', bytes: 12 }] })
})

it.each([
  ['on another host, as those from elsewhere are', { ...file, url_private: 'https://drive.example/notes.txt' }],
  ['without an address, as those of Slack Connect are', { ...file, url_private: undefined }],
  ['of speech', { ...file, subtype: 'slack_audio' }],
])('only names a file %s', (_, one) => {
  const message = told([one])
  expect([message?.unread.length, message?.files]).toEqual([1, undefined])
})

it('takes no sign-in page for a file', async () => {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Sign in</html>')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const [one] = told([{ ...file, url_private: `${origin}/files-pri/T1-F1/notes.txt` }], [origin])?.files ?? []
    await expect(one?.read(1_000, patience())).rejects.toThrow('files:read')
    expect(seen).toEqual(['Bearer a-token'])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
