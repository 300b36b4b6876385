import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { themeCookie, themeOf } from './theme.ts'

describe('the theme that a browser keeps', () => {
  for (const theme of ['system', 'light', 'dark'] as const) {
    it(`comes back from its own cookie: ${theme}`, () => {
      const [cookie = ''] = themeCookie(theme, true).split(';')
      assert.equal(themeOf(`other=1; ${cookie}; more=2`), theme)
    })
  }

  for (const cookies of [
    null,
    '',
    'hivewarden-theme',
    'hivewarden-theme=',
    'hivewarden-theme=blue',
    'hivewarden-theme="><script>',
    'xhivewarden-theme=dark',
    'hivewarden-theme =dark',
  ]) {
    it(`is the system's own for the cookies ${JSON.stringify(cookies)}`, () => {
      assert.equal(themeOf(cookies), 'system')
    })
  }

  it('is kept from scripts and from other sites, and from plain connections when the console has none', () => {
    assert.match(themeCookie('dark', true), /; HttpOnly; SameSite=Strict; Secure$/)
    assert.match(themeCookie('dark', false), /; HttpOnly; SameSite=Strict$/)
  })
})
