import type { Random } from '../adapters/access-token/mutate-token.fixture.ts'

type Mutation = (request: string, random: Random, others: readonly string[]) => string

const fragments = [
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  ' ',
  '\t',
  ':',
  ',',
  ';',
  '"',
  '*',
  '\u0000',
  '\u001b[2J',
  '\u0080',
  '\u00ff',
  '%00',
  '%2e%2e/',
  '//',
  '?',
  '#',
  'HTTP/1.0',
  'HTTP/2.0',
  'Host: evil.example\r\n',
  'Content-Length: 0\r\n',
  'Content-Length: 5\r\n',
  'Content-Length: -1\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: gzip, chunked\r\n',
  'Expect: 100-continue\r\n',
  'Expect: x\r\n',
  'Connection: close\r\n',
  'Connection: Upgrade\r\nUpgrade: h2c\r\n',
  'If-None-Match: *\r\n',
  'If-None-Match: "a", W/"b",,\r\n',
  'Accept: application/jose\r\n',
  'Accept: ;q=,application/jose;q=0.x\r\n',
  'X-Forwarded-For: 10.0.0.1, evil\r\n',
  'Authorization: Bearer\r\n',
  'X-Client-Type: __proto__\r\n',
  '5\r\nabcde\r\n0\r\n\r\n',
  'ffffffffffffffffff\r\n',
] as const

const methods = [
  'GET',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'DELETE',
  'TRACE',
  'CONNECT',
  'PRI',
  'get',
  '',
] as const

const at = (request: string, random: Random): number => random.below(request.length + 1)

const mutations: readonly Mutation[] = [
  (request, random) => {
    const place = at(request, random)
    return `${request.slice(0, place)}${random.pick(fragments)}${request.slice(place)}`
  },
  (request, random) => {
    const place = at(request, random)
    const character = String.fromCharCode(random.below(256))
    return `${request.slice(0, place)}${character}${request.slice(place + 1)}`
  },
  (request, random) => {
    const from = at(request, random)
    return request.slice(0, from) + request.slice(from + random.below(20))
  },
  (request, random) => request.slice(0, at(request, random)),
  (request, random, others) => request.slice(0, at(request, random)) + random.pick(others),
  (request, random) => {
    const lines = request.split('\r\n')
    const [first, second] = [random.below(lines.length), random.below(lines.length)]
    const moved = lines[first] ?? ''
    lines[first] = lines[second] ?? ''
    lines[second] = moved
    return lines.join('\r\n')
  },
  (request, random) => {
    const lines = request.split('\r\n')
    const line = random.below(lines.length)
    return [...lines.slice(0, line), lines[line], ...lines.slice(line)].join('\r\n')
  },
  (request, random) => request.replace(/^\S*/, random.pick(methods)),
  (request, random) => request.replace(/: /, `: ${'x'.repeat(random.below(20_000))}`),
  (request, random) => request.repeat(1 + random.below(4)),
]

/** One of the good requests with one to four things wrong with it. The same random numbers give the same request. */
export function mutateRequest(good: readonly string[], random: Random): string {
  let request = random.pick(good)
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    request = random.pick(mutations)(request, random, good)
  }
  return request
}
