import { Pool } from 'undici'
import type { Books, ReadAnswer } from './read-answer.ts'

/** The least that reading takes: undici's bytes, thrown away. */
export function readBare(url: string, books: Books): ReadAnswer {
  const pool = new Pool(url, { connections: null, pipelining: 1 })
  const body = JSON.stringify({ model: 'bench', messages: [{ role: 'user', content: 'hello' }], stream: true })
  return async number => {
    const askedAt = performance.now()
    const headers = { 'content-type': 'application/json', 'x-request-id': String(number) }
    const response = await pool.request({ method: 'POST', path: '/v1/chat/completions', headers, body })
    books.live += 1
    const { promise, resolve } = Promise.withResolvers<void>()
    response.body.once('data', () => {
      books.firstTextMs[number] = performance.now() - askedAt
    })
    response.body.on('data', () => {})
    response.body.on('error', resolve).on('close', resolve)
    await promise
    books.live -= 1
  }
}
