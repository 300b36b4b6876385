import { hash } from 'node:crypto'
import type { Sha256 } from '../../ports/digest.ts'

export const sha256: Sha256 = (utf8) => hash('sha256', utf8, 'hex')
