import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  authorization,
  Browser,
  openSignIn,
  pick,
  type RunningProvider,
  startProvider,
} from './evaluation-provider.fixture.ts'
import { samplePeople } from './sample-people.ts'
import { renderSignIn } from './sign-in-page.ts'

let running: RunningProvider
before(async () => {
  running = await startProvider()
})
after(() => running.stop())

describe('the page', () => {
  test('says that it is for evaluation and offers every person', () => {
    const { html } = renderSignIn({
      action: '/idp/interaction/x',
      redirectUri: 'http://127.0.0.1:1/callback',
    })
    assert.match(html, /evaluation/i)
    assert.match(html, /no password/)
    for (const person of samplePeople) assert.ok(html.includes(person.name), person.name)
  })

  test('lets its form lead to the client that waits and nowhere else', () => {
    const { contentSecurityPolicy } = renderSignIn({
      action: '/idp/interaction/x',
      redirectUri: 'http://127.0.0.1:51234/callback?a=1',
    })
    assert.match(contentSecurityPolicy, /form-action 'self' http:\/\/127\.0\.0\.1:51234;/)
    assert.match(contentSecurityPolicy, /default-src 'none'/)
    assert.match(contentSecurityPolicy, /frame-ancestors 'none'/)
    assert.doesNotMatch(contentSecurityPolicy, /unsafe/)
  })

  test('names the scheme where the policy has no word for the address', () => {
    const { contentSecurityPolicy } = renderSignIn({
      action: '/x',
      redirectUri: 'http://[::1]:51234/callback',
    })
    assert.match(contentSecurityPolicy, /form-action 'self' http:;/)
  })

  test('shows markup in an address as text', () => {
    const { html } = renderSignIn({ action: '/x"><script>', redirectUri: 'http://127.0.0.1/' })
    assert.doesNotMatch(html, /"><script>/)
  })

  test('is never stored or framed, and loads nothing', async () => {
    const browser = new Browser()
    const answer = await browser.send(await openSignIn(browser, authorization(running.issuer)))
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(answer.headers.get('referrer-policy'), 'same-origin')
    assert.equal(answer.headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.doesNotMatch(await answer.text(), /<script|<link|src=/)
  })
})

describe('picking', () => {
  test('leads back to the client with a code, its state and the issuer', async () => {
    const browser = new Browser()
    const end = await pick(browser, await openSignIn(browser, authorization(running.issuer)), 'amara')
    assert.equal(end.origin, 'http://127.0.0.1:51234')
    assert.ok(end.searchParams.get('code'))
    assert.equal(end.searchParams.get('state'), 'state-1')
    assert.equal(end.searchParams.get('iss'), running.issuer)
  })

  test('lets the same browser be somebody else the next time, without signing out', async () => {
    const browser = new Browser()
    await pick(browser, await openSignIn(browser, authorization(running.issuer)), 'amara')
    const second = await pick(browser, await openSignIn(browser, authorization(running.issuer)), 'bruno')
    assert.ok(second.searchParams.get('code'))
  })

  test('keeps two sign-ins in one browser apart', async () => {
    const browser = new Browser()
    const first = await openSignIn(browser, authorization(running.issuer, { state: 'first' }))
    const second = await openSignIn(browser, authorization(running.issuer, { state: 'second' }))
    assert.equal((await pick(browser, first, 'amara')).searchParams.get('state'), 'first')
    assert.equal((await pick(browser, second, 'bruno')).searchParams.get('state'), 'second')
  })

  test('cancel tells the client that access was denied', async () => {
    const browser = new Browser()
    const page = await openSignIn(browser, authorization(running.issuer))
    const submitted = await browser.submit(page, { cancel: '1' })
    const resumed = await browser.send(submitted.headers.get('location') ?? '')
    const end = new URL(resumed.headers.get('location') ?? '')
    assert.equal(end.searchParams.get('error'), 'access_denied')
    assert.equal(end.searchParams.get('state'), 'state-1')
  })

  test('nobody, or somebody unknown, shows the page again', async () => {
    const browser = new Browser()
    const page = await openSignIn(browser, authorization(running.issuer))
    assert.equal((await browser.submit(page, { person: 'mallory' })).status, 400)
    assert.equal((await browser.submit(page, {})).status, 400)
    assert.ok((await pick(browser, page, 'amara')).searchParams.get('code'))
  })
})

describe('a form that our page did not send', () => {
  const attempt = async (headers: Record<string, string>, person = 'amara'): Promise<number> => {
    const browser = new Browser()
    const page = await openSignIn(browser, authorization(running.issuer))
    return (await browser.submit(page, { person }, headers)).status
  }

  test('is refused when the browser says that it crossed sites', async () => {
    assert.equal(await attempt({ 'sec-fetch-site': 'cross-site' }), 403)
  })

  test('is refused when the browser says that another port of this machine sent it', async () => {
    assert.equal(await attempt({ 'sec-fetch-site': 'same-site' }), 403)
  })

  test('is refused when its origin is another', async () => {
    assert.equal(await attempt({ origin: 'https://evil.example' }), 403)
  })

  test('is refused when its origin is opaque', async () => {
    assert.equal(await attempt({ origin: 'null' }), 403)
  })

  test('is refused without the cookie of the sign-in', async () => {
    const page = await openSignIn(new Browser(), authorization(running.issuer))
    assert.equal((await new Browser().submit(page, { person: 'amara' })).status, 400)
  })

  test('is refused when it is larger than a form of ours can be', async () => {
    assert.equal(await attempt({}, 'a'.repeat(2000)), 413)
    assert.equal(await attempt({}, 'a'.repeat(200_000)), 413)
  })

  test('is refused with another method', async () => {
    const browser = new Browser()
    const page = await openSignIn(browser, authorization(running.issuer))
    const answer = await browser.send(page, { method: 'PUT', body: 'person=amara' })
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), 'GET, HEAD, POST')
  })
})
