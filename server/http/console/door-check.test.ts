import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkDoor, type DoorFacts, type DoorRefusal } from './door-check.ts'

const here = 'https://config.example.com'
const reading: DoorFacts = { method: 'GET', target: '/', fetchSite: undefined, origin: undefined }
const sending: DoorFacts = { method: 'POST', target: '/theme', fetchSite: 'same-origin', origin: 'null' }

const lets = (facts: DoorFacts) => assert.equal(checkDoor(facts, here), undefined)
const refuses = (facts: DoorFacts, refusal: DoorRefusal) => assert.equal(checkDoor(facts, here), refusal)

describe('the method', () => {
  for (const method of ['GET', 'HEAD']) {
    it(`lets ${method} in from anywhere, for it changes nothing`, () => {
      lets({ ...reading, method, fetchSite: 'cross-site', origin: 'https://evil.example' })
    })
  }
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'get', '']) {
    it(`refuses the method "${method}"`, () => refuses({ ...reading, method }, 'method'))
  }
})

describe('forms from elsewhere', () => {
  it('lets a form of the console in, whose origin the referrer policy hides', () => lets(sending))
  it('lets a form in that the person sent again by reloading', () => lets({ ...sending, fetchSite: 'none' }))
  it('lets a form of an old browser in when its origin is the console', () => {
    lets({ ...sending, fetchSite: undefined, origin: here })
  })

  for (const fetchSite of ['cross-site', 'same-site', '', 'same-origin, same-origin', 'SAME-ORIGIN']) {
    it(`refuses a form whose Sec-Fetch-Site is "${fetchSite}", whatever its origin says`, () => {
      refuses({ ...sending, fetchSite, origin: here }, 'cross_site')
    })
  }
  for (const origin of [
    undefined,
    '',
    'null',
    'https://evil.example',
    'https://sub.config.example.com',
    'https://example.com',
    'http://config.example.com',
    'https://config.example.com:8443',
    'https://config.example.com.evil.example',
    'https://config.example.com/',
    'HTTPS://CONFIG.EXAMPLE.COM',
  ]) {
    it(`refuses a form without Sec-Fetch-Site from the origin ${origin}`, () => {
      refuses({ ...sending, fetchSite: undefined, origin }, 'cross_site')
    })
  }
})

describe('calls that go around the pages', () => {
  for (const query of [
    '_data=root',
    '_data',
    '_data=',
    '%5fdata=x',
    '_dat%61=x',
    'a=1&_data=x',
    '?_data=x',
    'a&&_data=',
  ]) {
    it(`refuses the query "${query}"`, () => refuses({ ...reading, target: `/?${query}` }, 'data_request'))
  }
  it('refuses one that comes as a form of the console too', () => {
    refuses({ ...sending, target: '/theme?_data=routes%2Ftheme' }, 'data_request')
  })
  for (const query of ['data=x', 'x_data=1', 'a=_data', 'index']) {
    it(`lets the query "${query}" in`, () => lets({ ...reading, target: `/?${query}` }))
  }
})

describe('the address', () => {
  for (const target of ['/', '/theme', '/theme/', '/_root.data', '/assets/root-a_B~1.js', '/a/b/c', '/...']) {
    it(`lets ${target} in`, () => lets({ ...reading, target }))
  }
  for (const target of [
    '',
    '*',
    'theme',
    'http://evil.example/',
    '//evil.example/x',
    '/a//b',
    '/.',
    '/..',
    '/../etc/passwd',
    '/assets/../../package.json',
    '/assets/./x',
    '/%2e%2e/etc/passwd',
    '/%252e%252e/x',
    '/a%2fb',
    '/a%00b',
    '/a\\..\\b',
    '/a;/../b',
    '/\u0000',
    '/%c0%ae%c0%ae/',
    '/ä',
    '/a b',
    '/a#b',
    '/a:b@c',
  ]) {
    it(`refuses ${JSON.stringify(target)}`, () => refuses({ ...reading, target }, 'address'))
  }
  it('reads a very long address in one pass', () => {
    refuses({ ...reading, target: `${'/a'.repeat(100_000)}%` }, 'address')
  })
})
