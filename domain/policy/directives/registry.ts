import { z } from 'zod'
import type { UrlFacts } from '../inspect-url.ts'
import { defineDirective, type Report } from './directive.ts'
import { hostOf } from './host-of.ts'
import { reportUrl } from './report-url.ts'
import { urlText } from './structure.ts'

export const registry = defineDirective({
  key: 'registry',
  title: 'Registry',
  group: 'Registry',
  summary: 'The MCP registry that clients read.',
  enforceable: true,
  schema: z.strictObject({
    api_url: urlText().meta({
      description:
        'Registry API for the command line and the desktop, usually one registry: https://registry.example.com/registry/NAME.',
    }),
    server_api_url: urlText().exactOptional().meta({
      description: 'API root of the registry server, for the Cloud UI.',
    }),
    allow_private_ip: z.boolean().exactOptional().meta({
      description: 'Lets the registry stand on a private address, and lets api_url be http.',
    }),
  }),
  initial: { api_url: '' },
  example: {
    api_url: 'https://registry.example.com/registry/production',
    server_api_url: 'https://registry.example.com',
  },
  fields: [
    {
      kind: 'url',
      path: ['api_url'],
      label: 'Registry API URL',
      hint: 'Usually one registry on a registry server: …/registry/NAME.',
      placeholder: 'https://registry.example.com/registry/NAME',
      required: true,
    },
    {
      kind: 'url',
      path: ['server_api_url'],
      label: 'Registry server root',
      hint: 'The Cloud UI reads it.',
      placeholder: 'https://registry.example.com',
      required: false,
    },
    {
      kind: 'boolean',
      path: ['allow_private_ip'],
      label: 'Private addresses',
      hint: 'Also lets the registry API URL be http.',
      on: 'Accepted',
      off: 'Not accepted',
    },
  ],
  notGoverned: 'Clients read the registry that they come with, or the one that a person sets.',
  effect(value, enforcement) {
    const place = hostOf(value.api_url)
    const cloud =
      value.server_api_url === undefined ? '' : ` The Cloud UI reads ${hostOf(value.server_api_url)}.`
    const addresses = value.allow_private_ip === true ? ' Private addresses and http are accepted.' : ''
    const reading =
      enforcement === 'enforced'
        ? `Clients read ${place} and nothing else; changing it on the client is refused.`
        : `Clients start with ${place}; people may choose another registry.`
    return `${reading}${cloud}${addresses}`
  },
  risk({ before, after }) {
    if (after === undefined) {
      return before === undefined
        ? undefined
        : 'Clients go back to a registry that this policy does not choose.'
    }
    if (before === undefined) return undefined
    return before.value.api_url === after.value.api_url
      ? undefined
      : 'Every client changes to another registry, and with it the servers that people are offered.'
  },
  examine(value, _context, report) {
    const api = reportUrl(value.api_url, ['api_url'], report)
    const server = reportUrl(value.server_api_url, ['server_api_url'], report)
    if (api?.scheme === 'http' && value.allow_private_ip !== true) {
      report.error(
        ['api_url'],
        'insecure_url',
        'Use https, or set allow_private_ip to true: clients refuse an http registry without it.',
        value.api_url,
      )
      return
    }
    if (value.allow_private_ip !== true) reportPrivateHost([api, server], report)
    if (api !== undefined) reportPlainText(api, 'api_url', report)
    if (server !== undefined) reportPlainText(server, 'server_api_url', report)
  },
})

function reportPrivateHost(urls: readonly (UrlFacts | undefined)[], report: Report): void {
  const host = urls.find((url) => url?.privateHost === true)?.host
  if (host === undefined) return
  report.warning(
    ['allow_private_ip'],
    'private_ip',
    `Set allow_private_ip to true: clients refuse the private address ${host} without it.`,
  )
}

/** Stops, on the way, whoever would change what clients read; inside one private network that is less of a worry. */
function reportPlainText(url: UrlFacts, member: 'api_url' | 'server_api_url', report: Report): void {
  if (url.scheme === 'https' || url.privateHost) return
  report.warning(
    [member],
    'insecure_url',
    'Use https: whoever is on the way can change what clients read from an http registry.',
    url.host,
  )
}
