import { readFile, writeFile } from 'node:fs/promises'
import type { VerifySignature } from '../../../domain/envelope/verify-envelope.ts'
import { verifySignature } from '../../adapters/key-material/node-envelope-signer.ts'
import { limitedFetch } from '../../adapters/limited-fetch/limited-fetch.ts'
import type { LimitedFetch } from '../../ports/limited-fetch.ts'
import { openBrowser } from './open-browser.ts'
import { type Send, send } from './send.ts'

/** What the examination needs of the world. */
export interface DoctorTools {
  /** For documents that anybody may read. */
  readonly fetch: LimitedFetch
  /** For requests with a token or a form. */
  readonly send: Send
  /** Unix seconds. */
  now(): number
  readonly verifySignature: VerifySignature
  openBrowser(url: string): void
  readFile(path: string): Promise<string>
  /** Writes a file that only this account may read; fails where there is one already. */
  writeSecret(path: string, text: string): Promise<void>
}

export const systemTools: DoctorTools = {
  fetch: limitedFetch,
  send,
  now: () => Math.floor(Date.now() / 1000),
  verifySignature,
  openBrowser,
  readFile: (path) => readFile(path, 'utf8'),
  writeSecret: (path, text) => writeFile(path, text, { mode: 0o600, flag: 'wx' }),
}
