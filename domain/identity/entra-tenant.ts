const entraHosts = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.windows.net',
  'sts.windows.net',
])

/** The tenant as it stands in the path of an Entra issuer, in lower case; undefined for any other provider. */
export const entraTenant = (issuer: string): string | undefined => {
  const url = URL.parse(issuer)
  if (url === null || !entraHosts.has(url.hostname)) return undefined
  return (url.pathname.split('/')[1] ?? '').toLowerCase()
}
