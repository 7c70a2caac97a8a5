import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** 256 bits, as AES-256 takes them. */
export const keyBytes = 32

const cipher = 'aes-256-gcm'
/** What GCM is made for: a nonce of 96 bits, at random, and a tag of 128. */
const nonceBytes = 12
const tagBytes = 16

/** Encrypts a text. `about` says what it belongs to: put beside anything else, it does not open. */
export function seal(text: string, about: string, key: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(about))
  const words = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
  return Buffer.concat([nonce, sealing.getAuthTag(), words])
}

/** Opens what was sealed; throws when the key or what it belongs to is another, or a bit has changed. */
export function unseal(sealed: Buffer, about: string, key: Uint8Array): string {
  const nonce = sealed.subarray(0, nonceBytes)
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes)
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(about))
    .setAuthTag(tag)
  return opening.update(sealed.subarray(nonceBytes + tagBytes), undefined, 'utf8') + opening.final('utf8')
}
