import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// What the manager is measured against: Node's own HTTP server, answering every request with one ready buffer and
// looking at none of it. As fast as an answer through node:http can be.

const status = Number(process.argv[2])
const body = Buffer.alloc(Number(process.argv[3]), 'x')

const server = createServer((_request, response) => {
  if (status === 304) {
    response.writeHead(304)
    response.end()
  } else {
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length })
    response.end(body)
  }
})
server.keepAliveTimeout = 65_000
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }))
process.on('disconnect', () => process.exit())
