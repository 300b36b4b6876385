import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser, openPage } from './fixtures/launch-browser.ts'
import { runCommand } from './fixtures/run-command.ts'
import { type Product, startProduct } from './fixtures/start-product.ts'

let product: Product
let browser: Browser
before(async () => {
  ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
})
after(async () => {
  await browser?.close()
  await product?.stop()
})

/** Opens the address that the command prints, picks a person, and gives what the browser shows at the end. */
const answerInBrowser = async (command: ReturnType<typeof runCommand>, button: string): Promise<string> => {
  const [, url = ''] = await command.line(/^\s+(http:\/\/localhost:\d+\/idp\/auth\?.*)$/)
  const { page, complaints, close } = await openPage(browser)
  await page.goto(url)
  await page.getByRole('button', { name: button }).click()
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/callback/)
  const shown = (await page.locator('body').textContent()) ?? ''
  await close()
  assert.deepEqual(complaints, [])
  return shown
}

describe('doctor --login', () => {
  test('ends with a verified envelope', async () => {
    const command = runCommand(['doctor', product.origin, '--login', '--no-browser'])
    assert.match(await answerInBrowser(command, 'Amara Okoye'), /Signed in/)
    const { code, stdout, stderr } = await command.finished
    assert.equal(code, 0, `${stdout}${stderr}`)
    assert.match(stdout, /✓ Envelope +verified/)
    assert.match(stdout, /✓ Asked again +304/)
    assert.doesNotMatch(stdout, /✗/)
    assert.match(stdout, /In order: a client can bootstrap, sign in, fetch its envelope and verify it/)
  })

  test('prints JSON alone on standard output with --json', async () => {
    const command = runCommand(['doctor', product.origin, '--login', '--no-browser', '--json'])
    await answerInBrowser(command, 'Farah Nadir')
    const { code, stdout } = await command.finished
    const summary = JSON.parse(stdout)
    assert.equal(code, 0)
    assert.equal(summary.ok, true)
    assert.equal(summary.envelope.manager, product.origin)
  })

  test('leaves the token in a file for this account alone, with which verify checks the envelope', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hivewarden-token-'))
    const file = join(folder, 'token.txt')
    try {
      const command = runCommand(['doctor', product.origin, '--login', '--no-browser', '--save-token', file])
      await answerInBrowser(command, 'Amara Okoye')
      const { code, stdout } = await command.finished
      assert.equal(code, 0, stdout)
      assert.equal((await stat(file)).mode & 0o777, 0o600)
      assert.ok(!stdout.includes((await readFile(file, 'utf8')).trim()))
      const verify = await runCommand(['verify', product.origin, '--token-file', file]).finished
      assert.equal(verify.code, 0, `${verify.stdout}${verify.stderr}`)

      const again = runCommand(['doctor', product.origin, '--login', '--no-browser', '--save-token', file])
      await answerInBrowser(again, 'Amara Okoye')
      assert.equal((await again.finished).code, 1, 'a file that is there is not written over')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('ends with 1 and the reason when the person cancels', async () => {
    const command = runCommand(['doctor', product.origin, '--login', '--no-browser'])
    assert.match(await answerInBrowser(command, 'Cancel'), /Not signed in/)
    const { code, stdout } = await command.finished
    assert.equal(code, 1)
    assert.match(stdout, /✗ Token +.*access_denied/)
  })
})

describe('doctor without a token', () => {
  test('looks at everything that anybody may see', async () => {
    const { code, stdout } = await runCommand(['doctor', product.origin]).finished
    assert.equal(code, 0, stdout)
    assert.match(stdout, /✓ Identity provider/)
    assert.match(stdout, /– Token/)
  })

  test('finds that a manager was reached under another name than its own', async () => {
    const { code, stdout } = await runCommand(['doctor', `http://127.0.0.1:${product.port}`]).finished
    assert.equal(code, 1)
    assert.match(stdout, /✗ Resource metadata/)
  })

  test('ends with 69 where nothing answers', async () => {
    const { code, stdout } = await runCommand(['doctor', 'http://localhost:1']).finished
    assert.equal(code, 69)
    assert.match(stdout, /does not answer/)
  })
})
