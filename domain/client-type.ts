import { parseVersion } from './version.ts'

export const clientTypes = [
  'toolhive-desktop',
  'toolhive-cli',
  'toolhive-cloud-ui',
  'hivewarden-agent',
] as const

export type ClientType = (typeof clientTypes)[number]

export const isClientType = (text: string): text is ClientType =>
  (clientTypes as readonly string[]).includes(text)

/** Whether a text is a semantic version 2.0.0 of a length that is worth keeping. */
export const isClientVersion = (text: string): boolean => parseVersion(text) !== undefined
