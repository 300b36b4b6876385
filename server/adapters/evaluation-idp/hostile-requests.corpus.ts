export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}): HostileRequest => ({
  method: 'GET',
  path,
  headers,
})

const form = (path: string, body: string, type = 'application/x-www-form-urlencoded'): HostileRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': type },
  body,
})

const token = (body: string): HostileRequest => form('/idp/token', body)

const verifier = 'a'.repeat(43)
const asked =
  '/idp/auth?client_id=toolhive&response_type=code&redirect_uri=http://127.0.0.1:1/&scope=openid' +
  `&code_challenge=${verifier}&code_challenge_method=S256`

/** What a scanner, a broken client or an attacker sends. None may be an error of the server. */
export const hostileRequests: Readonly<Record<string, HostileRequest>> = {
  'a token request of one percent sign': token('%'),
  'a token request of bytes that are no text': token('grant_type=%ff&client_id=%00'),
  'a token request without a body': token(''),
  'a token request of 100 kB': token('a'.repeat(100_000)),
  'half of a JSON token request': form('/idp/token', '{', 'application/json'),
  'a grant type called __proto__': token('grant_type=__proto__&client_id=__proto__'),
  'a code called __proto__': token(
    `grant_type=authorization_code&client_id=toolhive&code=__proto__&code_verifier=${verifier}&redirect_uri=http://127.0.0.1/`,
  ),
  'a refresh token called constructor': token(
    'grant_type=refresh_token&client_id=toolhive&refresh_token=constructor',
  ),
  'a client named twice': token('client_id=toolhive&client_id=toolhive&grant_type=refresh_token'),
  'the revocation of something unknown': form('/idp/token/revocation', 'token=abc&client_id=toolhive'),
  'the revocation of an unsigned JWT': form(
    '/idp/token/revocation',
    'token=eyJhbGciOiJub25lIn0.e30.&client_id=toolhive',
  ),
  'the bare mount point': get('/idp'),
  'two slashes': get('/idp//'),
  'a lone percent sign in the path': get('/idp/%'),
  'an encoded way up': get('/idp/..%2f..'),
  'an authorization request without a query': get('/idp/auth'),
  'an authorization request with an empty query': get('/idp/auth?'),
  'an authorization request of one percent sign': get('/idp/auth?%'),
  'an authorization request with a client alone': get('/idp/auth?client_id=toolhive'),
  'an authorization request with an array of clients': get('/idp/auth?client_id[]=toolhive&client_id=b'),
  'a request object, by value and by reference': get(`${asked}&request=abc&request_uri=http://x&claims={}`),
  'a resource that is no URI': get(`${asked}&resource=notauri`),
  'prompts that contradict each other': get(`${asked}&max_age=-1&prompt=consent%20login%20none`),
  'an identity hint that is no token': get(`${asked}&id_token_hint=abc`),
  'a form_post answer': get(`${asked}&response_mode=form_post&prompt=none`),
  'a sign-in that goes on before it began': get('/idp/auth/x'),
  'a sign-in that goes on under bytes that are no text': get('/idp/auth/%ff'),
  'a forged cookie of a sign-in called __proto__': get('/idp/auth/__proto__', {
    cookie: 'hivewarden_evaluation_resume=__proto__',
  }),
  'the sign-in page of nobody': get('/idp/interaction/'),
  'the sign-in page of a lone percent sign': get('/idp/interaction/%'),
  'the sign-in page with a forged cookie': get('/idp/interaction/x', {
    cookie: 'hivewarden_evaluation_interaction=x; hivewarden_evaluation_interaction.sig=y',
  }),
  'a sign-in form for nothing': form('/idp/interaction/x', 'person=amara'),
  'userinfo without a token': get('/idp/me'),
  'userinfo with something like a token': get('/idp/me', { authorization: 'Bearer abc.def.ghi' }),
  'userinfo with 8 kB of token': get('/idp/me', { authorization: `Bearer ${'a'.repeat(8000)}` }),
  'a sign-out': get('/idp/session/end'),
  'a forged confirmation of a sign-out': form('/idp/session/end/confirm', 'xsrf=a&logout=yes'),
  'discovery with a broken query': get('/idp/.well-known/openid-configuration?x=%'),
  'a preflight from another site': {
    method: 'OPTIONS',
    path: '/idp/token',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  },
  TRACE: { method: 'TRACE', path: '/idp/token' },
  DELETE: { method: 'DELETE', path: '/idp/auth' },
}
