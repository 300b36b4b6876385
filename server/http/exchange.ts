import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Counter, Histogram } from '../ports/metrics.ts'
import { answerProblem, type ProblemDetail } from './problem/answer-problem.ts'
import { type ClientProblemCode, clientProblems } from './problem/client-problem.ts'

/** What is counted about requests. Labels are routes and statuses of the program, never of a client. */
export interface RequestCounts {
  readonly requests: Counter
  readonly latency: Histogram
}

const labels = new Map<string, Map<number, readonly string[]>>()

/** One array for each route and status, made once: this runs for every request. */
function labelsOf(route: string, status: number): readonly string[] {
  let ofRoute = labels.get(route)
  if (ofRoute === undefined) {
    ofRoute = new Map()
    labels.set(route, ofRoute)
  }
  let found = ofRoute.get(status)
  if (found === undefined) {
    found = [route, String(status)]
    ofRoute.set(status, found)
  }
  return found
}

/** One request with its answer: counts it, times it, and gives it an id when somebody needs one. */
export class Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly #route: string
  readonly #counts: RequestCounts
  #since: number
  #requestId: string | undefined

  constructor(request: IncomingMessage, response: ServerResponse, route: string, counts: RequestCounts) {
    this.request = request
    this.response = response
    this.#route = route
    this.#counts = counts
    this.#since = performance.now()
  }

  /** Made when it is first asked for: the usual answer needs none. */
  get requestId(): string {
    this.#requestId ??= randomUUID()
    return this.#requestId
  }

  /** Whether somebody is still there to read an answer. */
  get open(): boolean {
    return !this.response.destroyed && !this.response.writableEnded
  }

  /** @param body bytes, or the same bytes as text of one character each: that goes out with the head in one write */
  send(status: number, headers: string[], body?: Uint8Array | string): void {
    this.response.writeHead(status, headers)
    if (body === undefined || this.request.method === 'HEAD') this.response.end()
    else if (typeof body === 'string') this.response.end(body, 'latin1')
    else this.response.end(body)
    this.#count(status)
  }

  refuse(code: ClientProblemCode, detail: Omit<ProblemDetail, 'requestId'> = {}): void {
    answerProblem(this.response, code, { ...detail, requestId: this.requestId })
    this.#count(clientProblems[code][0])
  }

  /** A caller who asked us to wait did not wait for us: the time until now is not counted. */
  restartTiming(): void {
    this.#since = performance.now()
  }

  #count(status: number): void {
    this.#counts.requests.add(labelsOf(this.#route, status))
    this.#counts.latency.observe((performance.now() - this.#since) / 1000)
  }
}
