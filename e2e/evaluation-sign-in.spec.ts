import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, openPage } from './fixtures/launch-browser.ts'
import { signInAs, startSignIn } from './fixtures/sign-in.ts'
import { type Product, startProduct } from './fixtures/start-product.ts'

const referenceClient = resolve(import.meta.dirname, 'reference-client/managed-client.mjs')

let product: Product
let browser: Browser
before(async () => {
  ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
})
after(async () => {
  await browser?.close()
  await product?.stop()
})

/** Runs in a fresh page and fails when the browser complained about anything. */
const inPage = async (
  work: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> => {
  const { page, complaints, close } = await openPage(browser, options)
  try {
    await work(page)
    assert.deepEqual(complaints, [])
  } finally {
    await close()
  }
}

const fetchConfig = (
  token: string,
  headers: Record<string, string> = {},
  origin = product.origin,
): Promise<Response> =>
  fetch(`${origin}/api/v1beta/config`, {
    headers: {
      authorization: `Bearer ${token}`,
      'x-client-type': 'toolhive-cli',
      'x-client-version': '1.0.0',
      ...headers,
    },
  })

const backInClient = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Back in the client' }).waitFor()

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))

describe('from the bootstrap URL to a verified envelope', () => {
  test('a person is picked in the browser and a client of its own verifies the envelope', () =>
    inPage(async (page) => {
      const { access_token: token } = await signInAs(page, product.origin, 'Amara Okoye')
      const verified = await promisify(execFile)(process.execPath, [referenceClient, product.origin, token])
      assert.match(verified.stdout, /verified|accepted/i)
    }))

  test('the configuration comes once and is then confirmed without a body', () =>
    inPage(async (page) => {
      const { access_token: token } = await signInAs(page, product.origin, 'Bruno Castellani')
      const first = await fetchConfig(token)
      assert.equal(first.status, 200)
      const again = await fetchConfig(token, { 'if-none-match': first.headers.get('etag') ?? '' })
      assert.equal(again.status, 304)
      assert.equal(await again.text(), '')
    }))

  test('a person in no group gets an envelope as well', () =>
    inPage(async (page) => {
      const { access_token: token } = await signInAs(page, product.origin, 'Farah Nadir')
      assert.deepEqual(claimsOf(token).groups, [])
      assert.equal((await fetchConfig(token)).status, 200)
    }))
})

describe('the sign-in page', () => {
  test('says what it is and where it leads back to', () =>
    inPage(async (page) => {
      const started = await startSignIn(product.origin)
      await page.goto(started.url)
      assert.match(await page.title(), /evaluation/)
      assert.equal(
        (await page.getByRole('heading', { level: 1 }).textContent()) ?? '',
        'Pick a person to sign in as',
      )
      assert.match((await page.getByRole('main').textContent()) ?? '', /no password/)
      assert.match((await page.getByRole('main').textContent()) ?? '', /http:\/\/127\.0\.0\.1:\d+/)
      assert.equal(await page.getByRole('listitem').count(), 6)
      await started.close()
    }))

  test('works with the keyboard alone', () =>
    inPage(async (page) => {
      const started = await startSignIn(product.origin)
      await page.goto(started.url)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      const arrived = await started.arrived
      await backInClient(page)
      const { access_token: token } = await started.redeem(arrived.searchParams.get('code') ?? '')
      assert.equal(claimsOf(token).sub, 'bruno')
      await started.close()
    }))

  test('works without JavaScript', () =>
    inPage(
      async (page) => {
        assert.ok((await signInAs(page, product.origin, 'Dagny Solheim')).access_token)
      },
      { javaScriptEnabled: false },
    ))

  for (const width of [360, 1280, 2560]) {
    test(`fits a window of ${width} pixels`, () =>
      inPage(
        async (page) => {
          const started = await startSignIn(product.origin)
          await page.goto(started.url)
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          assert.equal(overflow, 0)
          await started.close()
        },
        { viewport: { width, height: 800 } },
      ))
  }

  test('lets the same browser be somebody else the next time', () =>
    inPage(async (page) => {
      const first = await signInAs(page, product.origin, 'Amara Okoye')
      const second = await signInAs(page, product.origin, 'Emil Horváth')
      assert.equal(claimsOf(first.access_token).sub, 'amara')
      assert.equal(claimsOf(second.access_token).sub, 'emil')
      assert.deepEqual(claimsOf(second.access_token).groups, ['contractors'])
    }))

  test('tells the client when the person cancels', () =>
    inPage(async (page) => {
      const started = await startSignIn(product.origin)
      await page.goto(started.url)
      await page.getByRole('button', { name: 'Cancel' }).click()
      const arrived = await started.arrived
      await backInClient(page)
      assert.equal(arrived.searchParams.get('error'), 'access_denied')
      assert.equal(arrived.searchParams.get('state'), 'state-of-the-client')
      await started.close()
    }))

  test('explains a request that cannot go on, in the same dress', async () => {
    const { page, close } = await openPage(browser)
    await page.goto(`${product.issuer}/auth?client_id=nobody`)
    assert.equal((await page.getByRole('heading', { level: 1 }).textContent()) ?? '', 'Sign-in stopped')
    assert.match((await page.getByRole('main').textContent()) ?? '', /start the sign-in again/)
    await close()
  })
})

describe('the evaluation installation', () => {
  test('answers no name but those of this machine', async () => {
    const status = await new Promise<number>((done, failed) => {
      const path = '/idp/.well-known/openid-configuration'
      const host = `evil.example:${product.port}`
      httpRequest({ host: '127.0.0.1', port: product.port, path, headers: { host } }, (answer) => {
        answer.resume()
        done(answer.statusCode ?? 0)
      })
        .on('error', failed)
        .end()
    })
    assert.ok(status >= 400 && status < 500, String(status))
  })

  test('keeps a token good over a restart', () =>
    inPage(async (page) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'hivewarden-e2e-'))
      let running = await startProduct({ dataDir })
      try {
        const { access_token: token } = await signInAs(page, running.origin, 'Chiyo Tanabe')
        assert.equal(await running.stop(), 0)
        running = await startProduct({ dataDir, port: running.port })
        assert.equal((await fetchConfig(token, {}, running.origin)).status, 200)
      } finally {
        await running.stop()
        await rm(dataDir, { recursive: true })
      }
    }))

  test('writes one JSON object a line and never a token, whatever the sign-in does', () =>
    inPage(async (page) => {
      const tokens = await signInAs(page, product.origin, 'Amara Okoye')
      await fetchConfig(tokens.access_token)
      await fetchConfig(`${tokens.access_token}x`)
      const lines = product.stdout()
      assert.ok(lines.length > 0)
      for (const line of lines) assert.equal(typeof JSON.parse(line), 'object')
      const everything = product.output().join('\n')
      assert.ok(!everything.includes(tokens.access_token.slice(-40)))
      assert.ok(!everything.includes(tokens.refresh_token))
    }))
})
