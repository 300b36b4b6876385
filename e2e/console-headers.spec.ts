import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Product, startProduct } from './fixtures/start-product.ts'

let product: Product

before(async () => {
  product = await startProduct()
})
after(() => product?.stop())

const inert = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'text/plain; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const page = {
  ...inert,
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'nonce-*'; style-src 'self'; img-src 'self'; font-src 'self'; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'content-type': 'text/html; charset=utf-8',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

const { 'content-type': _none, ...redirect } = page
const data = { ...page, 'content-type': 'text/x-script', 'x-remix-response': 'yes' }
const picture = {
  ...inert,
  'cache-control': 'public, max-age=3600',
  'content-type': 'image/svg+xml',
  vary: 'accept-encoding',
}

/** What differs from answer to answer, and what a connection says about itself. */
const passing: readonly string[] = ['connection', 'content-length', 'date', 'keep-alive']

const lasting = (headers: Headers) =>
  Object.fromEntries(
    [...headers]
      .filter(([name]) => !passing.includes(name))
      .map(([name, value]) => [name, value.replace(/'nonce-[\w-]{24}'/, "'nonce-*'")]),
  )

const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
const foreign = { ...own, 'sec-fetch-site': 'cross-site' }
const cookie = 'hivewarden-theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict'

const cases = [
  { ask: 'GET /', status: 200, headers: page },
  { ask: 'HEAD /', status: 200, headers: page },
  { ask: 'GET /_root.data', status: 200, headers: data },
  { ask: 'GET /nowhere', status: 404, headers: page },
  { ask: 'GET /nowhere.data', status: 404, headers: data },
  { ask: 'GET /theme', status: 302, headers: { ...redirect, location: '/' } },
  {
    ask: 'POST /theme',
    sent: own,
    status: 302,
    headers: { ...redirect, location: '/', 'set-cookie': cookie },
  },
  { ask: 'POST /theme', sent: foreign, status: 403, headers: inert },
  { ask: 'POST /', sent: own, status: 405, headers: { ...page, allow: 'GET, HEAD' } },
  { ask: 'POST /nowhere', sent: own, status: 404, headers: page },
  { ask: 'POST /theme?_data=routes%2Ftheme', sent: own, status: 404, headers: inert },
  { ask: 'GET /?_data=root', status: 404, headers: inert },
  { ask: 'GET /a%00b', status: 404, headers: inert },
  { ask: 'DELETE /', status: 405, headers: { ...inert, allow: 'GET, HEAD, POST' } },
  { ask: 'GET /favicon.svg', status: 200, headers: picture },
]

describe('the headers of the console', () => {
  for (const { ask, sent, status, headers } of cases) {
    it(`are these for ${ask}${sent === foreign ? ' from another site' : ''}`, async () => {
      const [method = '', target = ''] = ask.split(' ')
      const answer = await fetch(product.origin + target, {
        method,
        redirect: 'manual',
        headers: { 'accept-encoding': 'identity', ...sent },
        ...(method === 'POST' && { body: 'theme=dark' }),
      })
      assert.equal(answer.status, status)
      assert.deepEqual(lasting(answer.headers), headers)
    })
  }
})
