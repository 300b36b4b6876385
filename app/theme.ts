export const themes = ['system', 'light', 'dark'] as const

export type Theme = (typeof themes)[number]

const cookieName = 'hivewarden-theme'
const yearInSeconds = 365 * 24 * 60 * 60

export const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value)

/** The theme that the browser's cookie names; whatever else stands there means the system's own. */
export const themeOf = (cookies: string | null): Theme => {
  for (const cookie of (cookies ?? '').split(';')) {
    const [name, value] = cookie.trim().split('=', 2)
    if (name === cookieName && isTheme(value)) return value
  }
  return 'system'
}

export const themeCookie = (theme: Theme, secure: boolean): string =>
  `${cookieName}=${theme}; Path=/; Max-Age=${yearInSeconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
