import { createHash, createPrivateKey, generateKeyPair, randomBytes, type webcrypto } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Logger } from '../../ports/logger.ts'

export interface ProviderKeys {
  /** Private RSA key with kid, use and alg. */
  readonly signingKey: webcrypto.JsonWebKey & {
    readonly kid: string
    readonly use: 'sig'
    readonly alg: 'RS256'
  }
  readonly cookieKey: string
}

const fileName = 'evaluation-idp.json'
const modulusBits = 2048

/**
 * The provider's keys, kept so that a token survives a restart. A file that cannot be read or written costs the
 * remembered tokens, never the start: whoever evaluates signs in again.
 */
export const loadProviderKeys = async (dataDir: string, logger: Logger): Promise<ProviderKeys> => {
  const path = join(dataDir, fileName)
  const kept = await readKept(path, logger)
  if (kept !== undefined) return kept
  const fresh = await generateKeys()
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    await writeWhole(path, JSON.stringify({ version: 1, ...fresh }))
  } catch (error) {
    logger.warn('evaluation_keys_not_kept', { path, problem: errorCode(error) })
  }
  return fresh
}

const readKept = async (path: string, logger: Logger): Promise<ProviderKeys | undefined> => {
  let text: string
  try {
    if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600)
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      logger.warn('evaluation_keys_replaced', { path, problem: errorCode(error) })
    }
    return undefined
  }
  const keys = parseKeys(text)
  if (keys === undefined) logger.warn('evaluation_keys_replaced', { path, problem: 'damaged' })
  return keys
}

const parseKeys = (text: string): ProviderKeys | undefined => {
  try {
    const { version, signingKey, cookieKey } = JSON.parse(text)
    const key = createPrivateKey({ key: signingKey, format: 'jwk' })
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    const usable =
      version === 1 &&
      key.asymmetricKeyType === 'rsa' &&
      bits >= modulusBits &&
      typeof cookieKey === 'string' &&
      cookieKey.length >= 32
    return usable ? { signingKey: withIdentity(key.export({ format: 'jwk' })), cookieKey } : undefined
  } catch {
    return undefined
  }
}

const generateKeys = async (): Promise<ProviderKeys> => {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: modulusBits })
  return {
    signingKey: withIdentity(privateKey.export({ format: 'jwk' })),
    cookieKey: randomBytes(32).toString('base64url'),
  }
}

const withIdentity = (jwk: webcrypto.JsonWebKey): ProviderKeys['signingKey'] => {
  const required = JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n })
  const kid = createHash('sha256').update(required).digest('base64url')
  return { ...jwk, kid, use: 'sig', alg: 'RS256' }
}

/** A crash in between leaves the old file or the new one, never half of it. */
const writeWhole = async (path: string, text: string): Promise<void> => {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
