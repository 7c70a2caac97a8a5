import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPersona } from '#src/read-persona.ts'

const folder = mkdtempSync(join(tmpdir(), 'aeries-'))
afterAll(() => rmSync(folder, { recursive: true }))

function aFile(text: string): string {
  const path = join(folder, 'persona.md')
  writeFileSync(path, text)
  return path
}

describe('readPersona', () => {
  it('reads the voice as it is written', () => {
    expect(readPersona(aFile('# Aeries\n'), 1_024)).toEqual({ name: 'Aeries', voice: '# Aeries\n' })
  })

  it('takes Aeries own persona into the smallest context', () => {
    expect(readPersona('personas/aeries.md', 1_024).voice).toContain('Aeries')
  })

  it('refuses what is no file, and what is empty', () => {
    expect(() => readPersona(folder, 1_024)).toThrow(
      /PERSONA_PATH: .* line 1: it cannot be read, as it is no file; put a/,
    )
    expect(() => readPersona(aFile(' \n'), 1_024)).toThrow(/PERSONA_PATH: .* there are no words; write down who/)
  })

  it('takes half of the context and no more', () => {
    const half = 'a'.repeat(1_686) // 0.3 tokens each and 6 around them: 512
    expect(readPersona(aFile(half), 1_024).voice).toBe(half)
    expect(() => readPersona(aFile(`${half}aaa`), 1_024)).toThrow(
      /too long: 1689 characters are about 513 tokens, and half of VLLM_CONTEXT_LENGTH, 512, is the most; shorten it/,
    )
  })
})
