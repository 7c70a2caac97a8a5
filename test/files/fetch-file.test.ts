import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { RefusedError, UnavailableError } from '#src/core/errors.ts'
import { fetchFile, isAllowed } from '#src/files/fetch-file.ts'
import { ownOrigins } from '#src/files/own-origins.ts'

const discord = ['https://cdn.discordapp.com', 'https://media.discordapp.net']
const never = new AbortController().signal

describe('a file of a platform', () => {
  it('is read from its own host, with the token, up to so many bytes', async () => {
    const seen: (string | undefined)[] = []
    await using server = await aServer((request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(200, { 'content-type': 'Text/Plain; charset=utf-8' }).end('Ships and harbours')
    })
    const access = { origins: [server.origin], headers: { authorization: 'Bearer a-token' } }
    const whole = await fetchFile(`${server.origin}/a.txt`, access, 100, never)
    expect([text(whole.bytes), whole.isWhole, whole.mediaType]).toEqual(['Ships and harbours', true, 'text/plain'])
    const begin = await fetchFile(`${server.origin}/a.txt`, access, 5, never)
    expect([text(begin.bytes), begin.isWhole]).toEqual(['Ships', false])
    expect(seen).toEqual(['Bearer a-token', 'Bearer a-token'])
  })

  it('that never ends is read as far as it may be', async () => {
    let isClosed = false
    await using server = await aServer((_, response) => {
      response.writeHead(200)
      const more = () => response.write('x'.repeat(10_000), () => isClosed || setImmediate(more))
      response.on('close', () => {
        isClosed = true
      })
      more()
    })
    const { bytes, isWhole } = await fetchFile(server.origin, { origins: [server.origin] }, 50_000, never)
    expect([bytes.length, isWhole]).toEqual([50_000, false])
    await expect.poll(() => isClosed).toBe(true)
  })

  it('is never asked of another host, not by a redirect, and the token goes nowhere', async () => {
    let asked = 0
    await using foreign = await aServer((_, response) => {
      asked += 1
      response.end('secret')
    })
    await using own = await aServer((_, response) => {
      response.writeHead(302, { location: `${foreign.origin}/a` }).end()
    })
    const access = { origins: [own.origin], headers: { authorization: 'Bearer a-token' } }
    await expect(fetchFile(`${foreign.origin}/a`, access, 9, never)).rejects.toThrow(RefusedError)
    await expect(fetchFile(`${own.origin}/a`, access, 9, never)).rejects.toThrow('not the platform’s own')
    expect(asked).toBe(0)
  })

  it('follows a redirect within its own hosts, but not for ever', async () => {
    await using server = await aServer((request, response) => {
      if (request.url === '/there') response.end('here')
      else response.writeHead(302, { location: request.url === '/once' ? '/there' : '/round' }).end()
    })
    const access = { origins: [server.origin] }
    expect(text((await fetchFile(`${server.origin}/once`, access, 9, never)).bytes)).toBe('here')
    await expect(fetchFile(`${server.origin}/round`, access, 9, never)).rejects.toThrow('too often')
  })

  it('that is not there is refused, one that breaks off is a fault on the way, and a wait ends with its signal', async () => {
    await using server = await aServer((request, response) => {
      if (request.url === '/gone') response.writeHead(404).end('no')
      else if (request.url === '/broken') {
        response.writeHead(200, { 'content-length': 100 })
        response.write('half', () => response.destroy())
      }
    })
    const access = { origins: [server.origin] }
    await expect(fetchFile(`${server.origin}/gone`, access, 9, never)).rejects.toThrow(RefusedError)
    await expect(fetchFile(`${server.origin}/broken`, access, 900, never)).rejects.toThrow(UnavailableError)
    const reason = new Error('enough')
    const waiting = fetchFile(`${server.origin}/silent`, access, 9, AbortSignal.any([AbortSignal.abort(reason)]))
    await expect(waiting).rejects.toBe(reason)
  })

  it.each([
    ['https://cdn.discordapp.com/attachments/1/2/a.txt?ex=1&hm=2', true],
    ['http://cdn.discordapp.com/a.txt', false],
    ['https://cdn.discordapp.com.evil.example/a.txt', false],
    ['https://evil.example/cdn.discordapp.com/a.txt', false],
    ['https://user:secret@cdn.discordapp.com/a.txt', false],
    ['https://cdn.discordapp.com:8443/a.txt', false],
    ['http://169.254.169.254/latest', false],
    ['file:///etc/passwd', false],
    ['a.txt', false],
  ])('may be at %s: %s', (address, may) => {
    expect(isAllowed(address, { origins: discord })).toBe(may)
  })

  it('is on the stand-in’s host alone while the API is one on this machine', () => {
    expect(ownOrigins('http://127.0.0.1:8080/api', discord)).toEqual(['http://127.0.0.1:8080'])
    expect(ownOrigins('https://discord.com/api', discord)).toEqual(discord)
    expect(ownOrigins('http://proxy.internal:8080/api', discord)).toEqual(discord)
  })
})

async function aServer(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}
