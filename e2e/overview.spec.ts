import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, openPage } from './fixtures/launch-browser.ts'
import { type Product, startProduct } from './fixtures/start-product.ts'

let product: Product
let browser: Browser

before(async () => {
  product = await startProduct()
  browser = await launchBrowser()
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

/**
 * Chromium calls a request failed when scripts are turned off and it loads none, and when a reload leaves data unread.
 * Neither is a fault of the page.
 */
const deserves = (complaint: string): boolean =>
  !/^failed: \S+\.(?:js csp|data net::ERR_ABORTED)$/.test(complaint)

/** Opens the overview, does something there, and expects that the browser found nothing to complain about. */
const visit = async (options: BrowserContextOptions, act: (page: Page) => Promise<void>): Promise<void> => {
  const { page, complaints, close } = await openPage(browser, options)
  try {
    await page.goto(product.origin, { waitUntil: 'networkidle' })
    await act(page)
    assert.deepEqual(complaints.filter(deserves), [])
  } finally {
    await close()
  }
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const theme = (page: Page) => page.locator('html').getAttribute('data-theme')

const showsEverything = async (page: Page): Promise<void> => {
  for (const name of ['Bootstrap URL', 'Policy in force', 'What clients get now', 'Health']) {
    await heading(page, name).waitFor()
  }
  const bootstrap = `${product.origin}/.well-known/toolhive-configuration`
  await page.getByText(bootstrap, { exact: true }).waitFor()
  await page.getByText('Evaluation', { exact: true }).waitFor()
}

describe('the overview', () => {
  it('shows what is in force, what clients get and whether all is well', () => visit({}, showsEverything))

  it('shows the same without JavaScript', () => visit({ javaScriptEnabled: false }, showsEverything))

  it('copies the bootstrap URL', () =>
    visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      await page.getByRole('button', { name: 'Copy the bootstrap URL' }).click()
      await page.getByText('Copied').waitFor()
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      assert.equal(copied, `${product.origin}/.well-known/toolhive-configuration`)
    }))

  it('is read again while somebody looks at it', () =>
    visit({}, async (page) => {
      const refreshed = page.waitForResponse((response) => response.url().includes('/_root.data'))
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      assert.equal((await refreshed).status(), 200)
    }))

  it('needs at most 150 kB of script, compressed', async () => {
    const html = await (await fetch(product.origin)).text()
    const scripts = new Set(html.match(/\/assets\/[\w.-]+\.js/g))
    let bytes = 0
    for (const script of scripts) {
      const response = await fetch(product.origin + script, {
        method: 'HEAD',
        headers: { 'accept-encoding': 'gzip' },
      })
      bytes += Number(response.headers.get('content-length'))
    }
    assert.ok(scripts.size > 0 && bytes > 0 && bytes <= 150_000, `${scripts.size} scripts, ${bytes} bytes`)
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 768, 1280, 2560]) {
      it(`fits ${width} pixels in the ${colorScheme} theme`, () =>
        visit({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          assert.ok(overflow <= 0, `${overflow} pixels too wide`)
        }))
    }
  }
})

describe('the theme', () => {
  const chooseDark = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Dark theme' }).click()
    await page.locator('html[data-theme="dark"]').waitFor()
    await page.reload()
    assert.equal(await theme(page), 'dark')
    await page.getByRole('button', { name: 'Theme of the system' }).click()
    await page.locator('html[data-theme="system"]').waitFor()
  }

  it('is chosen with the mouse and kept', () => visit({}, chooseDark))

  it('is chosen without JavaScript and kept', () => visit({ javaScriptEnabled: false }, chooseDark))

  it('is chosen with the keyboard alone, past a link that skips to the content', () =>
    visit({}, async (page) => {
      await page.keyboard.press('Tab')
      assert.equal(await page.locator(':focus').textContent(), 'Skip to the content')
      await page.getByRole('button', { name: 'Light theme' }).focus()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.locator('html[data-theme="dark"]').waitFor()
    }))

  it('cannot be changed by a form on another site', async () => {
    const form = `<form method="post" action="${product.origin}/theme"><button name="theme" value="dark">Go</button></form>`
    const elsewhere = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end(`<link rel="icon" href="data:,">${form}`)
    }).listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
    const address = elsewhere.address()
    const { page, close } = await openPage(browser)
    try {
      assert.ok(typeof address === 'object' && address !== null)
      await page.goto(`http://127.0.0.1:${address.port}/`)
      const [answer] = await Promise.all([page.waitForNavigation(), page.getByRole('button').click()])
      assert.equal(answer?.status(), 403)
      await page.goto(product.origin)
      assert.equal(await theme(page), 'system')
    } finally {
      await close()
      elsewhere.closeAllConnections()
      elsewhere.close()
    }
  })
})

describe('an unknown address', () => {
  it('has a page of its own that leads back and names the request', async () => {
    const { page, close } = await openPage(browser)
    try {
      const answer = await page.goto(`${product.origin}/nowhere`)
      assert.equal(answer?.status(), 404)
      await heading(page, 'There is no page at this address').waitFor()
      assert.match((await page.locator('main code').textContent()) ?? '', /^[\w-]{8,}$/)
      await page.getByRole('link', { name: 'Go to the overview' }).click()
      await heading(page, 'Policy in force').waitFor()
    } finally {
      await close()
    }
  })
})
