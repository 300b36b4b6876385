import { join } from 'node:path'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { SettingKind, SettingRefusal } from './setting.ts'

export type DatabaseLocation =
  | { readonly kind: 'none' }
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string }

const allowed = 'must be none, sqlite:PATH, or postgres://USER@HOST/DATABASE'

export const databaseLocation: SettingKind<DatabaseLocation> = {
  describes: 'none, sqlite:PATH or a postgres:// URL',
  fromText: readLocation,
  fromFile: (value) => (typeof value === 'string' ? readLocation(value) : fail(allowed)),
  show: showLocation,
}

function readLocation(text: string): Result<DatabaseLocation, SettingRefusal> {
  if (text === 'none') return ok({ kind: 'none' })
  if (text.startsWith('sqlite:')) {
    const path = text.slice('sqlite:'.length)
    // `sqlite://host/x` and `:memory:` are notations of other programs that would open something unexpected.
    if (path === '' || path.startsWith('//') || path.startsWith(':') || path.includes('\0'))
      return fail(allowed)
    return ok({ kind: 'sqlite', path })
  }
  if (!/^postgres(ql)?:\/\/[^\s\\]+$/.test(text) || !URL.canParse(text)) return fail(allowed)
  const { hostname, pathname, searchParams } = new URL(text)
  if (hostname === '' && !searchParams.has('host')) return fail(`${allowed}: the host is missing`)
  return /^\/[^/]+$/.test(pathname)
    ? ok({ kind: 'postgres', url: text })
    : fail(`${allowed}: the name of the database is missing`)
}

/** As a person may see it: the password is the secret, the rest tells which database it is. */
export function showLocation(location: DatabaseLocation): string {
  switch (location.kind) {
    case 'none':
      return 'none'
    case 'sqlite':
      return `sqlite:${location.path}`
    case 'postgres': {
      const url = new URL(location.url)
      const user = url.username === '' ? '' : `${url.username}@`
      return `postgres://${user}${url.host}${url.pathname}`
    }
  }
}

/** Where revisions are kept when nobody says: beside the other files, unless a file governs and none is needed. */
export const defaultDatabase = (dataDir: string, fileGoverned: boolean): DatabaseLocation =>
  fileGoverned ? { kind: 'none' } : { kind: 'sqlite', path: join(dataDir, 'hivewarden.db') }
