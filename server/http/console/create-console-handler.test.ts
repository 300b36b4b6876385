import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { type Answer, openConsole, type TestConsole } from './console.fixture.ts'

const own = { 'sec-fetch-site': 'same-origin' }
const form = { ...own, 'content-type': 'application/x-www-form-urlencoded' }

const inert = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
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
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

const sameEverywhere = Object.keys(page)

const security = ({ headers }: Answer) =>
  Object.fromEntries(
    sameEverywhere
      .filter((name) => headers[name] !== undefined)
      .map((name) => [name, String(headers[name]).replace(/'nonce-[\w-]{24}'/, "'nonce-*'")]),
  )

describe('the console', () => {
  let site: TestConsole

  before(async () => {
    site = await openConsole()
  })
  after(() => site.close())

  describe('carries the security headers', () => {
    const cases = [
      { what: 'a page', path: '/', status: 200, headers: page },
      { what: 'the data of a page', path: '/_root.data', status: 200, headers: page },
      { what: 'an unknown address', path: '/nowhere', status: 404, headers: page },
      { what: 'a page that fails', path: '/failing', status: 500, headers: page },
      {
        what: 'a form that was taken',
        path: '/form',
        method: 'POST',
        sent: form,
        status: 302,
        headers: page,
      },
      {
        what: 'a page that takes no form',
        path: '/',
        method: 'POST',
        sent: form,
        status: 405,
        headers: page,
      },
      { what: 'a refused method', path: '/', method: 'DELETE', status: 405, headers: inert },
      { what: 'a malformed address', path: '/%2e%2e/x', status: 404, headers: inert },
      {
        what: 'a data request',
        path: '/form?_data=routes/form',
        method: 'POST',
        sent: form,
        status: 404,
        headers: inert,
      },
      {
        what: 'a forged form',
        path: '/form',
        method: 'POST',
        sent: { ...form, 'sec-fetch-site': 'cross-site' },
        status: 403,
        headers: inert,
      },
      {
        what: 'a body that is no form',
        path: '/form',
        method: 'POST',
        sent: { ...own, 'content-type': 'text/plain' },
        status: 415,
        headers: inert,
      },
    ]
    for (const { what, path, method, sent, status, headers } of cases) {
      it(`on ${what}`, async () => {
        const answer = await site.ask(path, {
          method,
          headers: sent,
          body: method === 'POST' ? 'a=b' : undefined,
        })
        assert.equal(answer.status, status)
        assert.deepEqual(security(answer), headers)
      })
    }
  })

  it('makes a new nonce for every answer', async () => {
    const policies = await Promise.all(Array.from({ length: 20 }, () => site.ask('/')))
    assert.equal(new Set(policies.map(({ headers }) => headers['content-security-policy'])).size, 20)
  })

  it('gives the page the nonce that the policy names', async () => {
    const { headers, body } = await site.ask('/')
    const nonce = /'nonce-([\w-]+)'/.exec(String(headers['content-security-policy']))?.[1]
    assert.equal(JSON.parse(body).nonce, nonce)
  })

  it('does not run the action of a forged form', async () => {
    const before = site.actions()
    await site.ask('/form', {
      method: 'POST',
      headers: { ...form, 'sec-fetch-site': 'same-site' },
      body: 'a=b',
    })
    await site.ask('/form?_data=routes/form', { method: 'POST', headers: form, body: 'a=b' })
    await site.ask('/form', {
      method: 'POST',
      headers: { 'content-type': form['content-type'] },
      body: 'a=b',
    })
    assert.equal(site.actions(), before)
  })

  it('shows pages the public origin, whatever Host and forwarded hosts claim', async () => {
    const { body } = await site.ask('/?x=1', {
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    })
    const seen = JSON.parse(body)
    assert.equal(seen.url, `${site.publicOrigin}/?x=1`)
    assert.deepEqual(seen.headers, ['host'])
  })

  it('gives each page the cookie it came with and keeps every cookie it sets', async () => {
    const { headers } = await site.ask('/form', {
      method: 'POST',
      headers: { ...form, cookie: 'a=1' },
      body: 'x=y',
    })
    assert.deepEqual(headers['set-cookie'], ['seen=a=1', 'form=x=y'])
    assert.equal(headers.location, '/')
  })

  it('takes one picture of the manager for all parts of a page', async () => {
    const before = site.pictures()
    await site.ask('/')
    assert.equal(site.pictures(), before + 1)
  })

  it('answers HEAD like GET without the body', async () => {
    const [head, get] = await Promise.all([site.ask('/', { method: 'HEAD' }), site.ask('/')])
    assert.equal(head.status, 200)
    assert.equal(head.body, '')
    assert.equal(head.headers['content-type'], get.headers['content-type'])
  })

  it('says how it may be asked when a method is refused', async () => {
    assert.equal((await site.ask('/', { method: 'PATCH' })).headers.allow, 'GET, HEAD, POST')
    assert.equal(
      (await site.ask('/', { method: 'POST', headers: form, body: 'a=b' })).headers.allow,
      'GET, HEAD',
    )
  })

  it('refuses a form one byte over the limit and takes one at it', async () => {
    const send = (length: number) =>
      site.ask('/form', { method: 'POST', headers: form, body: 'x'.repeat(length) })
    assert.equal((await send(site.mostBytes)).status, 302)
    assert.equal((await send(site.mostBytes + 1)).status, 413)
  })

  it('refuses a form without end as soon as it passes the limit', async () => {
    const answer = await site.ask('/form', {
      method: 'POST',
      headers: form,
      body: 'x'.repeat(50_000),
      chunked: true,
    })
    assert.equal(answer.status, 413)
    assert.equal(answer.headers.connection, 'close')
  })

  it('lets go of the data of a page as soon as its answer is out', async () => {
    await site.ask('/')
    const signal = site.signals.at(-1)
    assert.ok(signal)
    if (!signal.aborted) await once(signal, 'abort')
    assert.equal(signal.aborted, true)
  })

  it('logs a failing page under the request id that the person reads', async () => {
    const { body } = await site.ask('/failing')
    const line = site.logged.findLast(({ event }) => event === 'console_failed')
    assert.match(String(line?.fields.problem), /this loader fails/)
    assert.equal(body.includes('this loader fails'), false)
    assert.equal(JSON.parse(body).requestId, line?.fields.request_id)
  })
})

describe('a console without its pages', () => {
  it('says so, stays up, and serves them as soon as they can be loaded', async () => {
    const site = await openConsole({ failures: 1 })
    try {
      const first = await site.ask('/')
      assert.equal(first.status, 503)
      assert.match(first.body, /npm run build/)
      assert.equal((await site.ask('/')).status, 200)
    } finally {
      await site.close()
    }
  })

  it('loads nothing before the first request, and the pages once for many at the same time', async () => {
    const site = await openConsole()
    try {
      assert.equal(site.loads(), 0)
      await Promise.all(Array.from({ length: 10 }, () => site.ask('/')))
      assert.equal(site.loads(), 1)
    } finally {
      await site.close()
    }
  })

  it('turns a forged form away without loading them', async () => {
    const site = await openConsole()
    try {
      assert.equal((await site.ask('/form', { method: 'POST', body: 'a=b' })).status, 403)
      assert.equal(site.loads(), 0)
    } finally {
      await site.close()
    }
  })
})
