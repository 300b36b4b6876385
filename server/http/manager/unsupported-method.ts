import type { Exchange } from '../exchange.ts'
import type { ManagerRoute } from './manager-routes.ts'

const ALLOW = 'GET, HEAD, OPTIONS'

/** Every path of the manager reads, and none writes. Only what is public may be read by pages of other origins. */
export function answerUnsupportedMethod(exchange: Exchange, route: ManagerRoute): void {
  if (exchange.request.method !== 'OPTIONS') {
    exchange.refuse('method_not_allowed', { headers: [['Allow', ALLOW]] })
    return
  }
  const crossOrigin = route.shared
    ? [
        'Access-Control-Allow-Origin',
        '*',
        'Access-Control-Allow-Methods',
        ALLOW,
        'Access-Control-Allow-Headers',
        'If-None-Match',
        'Access-Control-Max-Age',
        '86400',
      ]
    : []
  exchange.send(204, ['Allow', ALLOW, ...crossOrigin])
}
