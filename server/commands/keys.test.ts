import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readSigningKey } from '../adapters/key-material/read-signing-key.ts'
import { recordIo } from './command-io.fixture.ts'
import { generateKeyFile, keysGenerate } from './keys-generate.ts'
import { keysList, listKeys } from './keys-list.ts'

const folder = mkdtempSync(join(tmpdir(), 'keys-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const fileOf = (name: string) => join(folder, name)

describe('keys generate', () => {
  test('writes a key that the server takes, for this account alone, and says its id', () => {
    const io = recordIo()
    const out = fileOf('new.pem')
    assert.equal(generateKeyFile({ out, json: false }, io), 0)
    assert.equal(statSync(out).mode & 0o777, 0o600)
    const key = readSigningKey(out)
    assert.ok(key.ok)
    assert.ok(io.printed.includes(`Key id: ${key.value.kid}`))
  })

  test('never shows the key', () => {
    const io = recordIo()
    const out = fileOf('secret.pem')
    generateKeyFile({ out, json: true }, io)
    const secret = readFileSync(out, 'utf8').split('\n')[1] ?? ''
    assert.equal(secret.length, 64)
    assert.ok(!io.printed.join('').includes(secret.slice(0, 30)) && !io.printed.join('').includes('"d"'))
  })

  test('leaves a file alone that is there', () => {
    const io = recordIo()
    const out = fileOf('old.pem')
    writeFileSync(out, 'precious')
    assert.equal(generateKeyFile({ out, json: false }, io), 1)
    assert.equal(readFileSync(out, 'utf8'), 'precious')
    assert.match(io.errors.join(), /exists and is left as it is/)
  })

  test('says that the folder is missing', () => {
    const io = recordIo()
    assert.equal(generateKeyFile({ out: fileOf('nowhere/new.pem'), json: false }, io), 1)
    assert.match(io.errors.join(), /folder .* does not exist/)
  })

  test('wants a name when it is given an empty one', () => {
    assert.equal(generateKeyFile({ out: '', json: false }, recordIo()), 2)
  })

  test('prints JSON for programs', async () => {
    const io = recordIo()
    const out = fileOf('json.pem')
    assert.equal(await keysGenerate.run({ options: { out, json: true }, positionals: [] }, io), 0)
    const { file, kid, publicJwk } = JSON.parse(io.printed.join('\n'))
    assert.equal(file, out)
    assert.equal(publicJwk.kid, kid)
  })
})

describe('keys list', () => {
  const first = fileOf('first.pem')
  const second = fileOf('second.pem')
  const both = fileOf('both.pem')
  for (const out of [first, second]) generateKeyFile({ out, json: false }, recordIo())
  writeFileSync(both, readFileSync(first, 'utf8') + readFileSync(second, 'utf8'), { mode: 0o600 })

  test('says which key signs and which is published only', () => {
    const io = recordIo()
    assert.equal(listKeys({ keyFile: both, json: false }, io), 0)
    const kids = [first, second].map((file) => {
      const key = readSigningKey(file)
      return key.ok ? key.value.kid : ''
    })
    assert.deepEqual(io.printed, [`${kids[0]}  signs`, `${kids[1]}  published`])
  })

  test('refuses an open file with the command that closes it', async () => {
    const io = recordIo()
    const open = fileOf('open.pem')
    writeFileSync(open, readFileSync(first))
    chmodSync(open, 0o644)
    assert.equal(await keysList.run({ options: { 'key-file': open }, positionals: [] }, io), 1)
    assert.match(io.errors.join(), /chmod 600/)
  })

  test('prints JSON for programs, the problem too', () => {
    const io = recordIo()
    assert.equal(listKeys({ keyFile: fileOf('none.pem'), json: true }, io), 1)
    assert.equal(JSON.parse(io.printed.join('\n')).problem.code, 'missing')
  })
})
