import { z } from 'zod'
import { defineDirective } from './directive.ts'
import { hostOf } from './host-of.ts'
import { reportUrl } from './report-url.ts'
import { someMember, urlText } from './structure.ts'

export const gateway = defineDirective({
  key: 'gateway',
  title: 'LLM gateway',
  group: 'Gateway',
  summary: 'Where clients reach language models.',
  enforceable: true,
  schema: someMember(
    z.strictObject({
      api_url: urlText().exactOptional().meta({
        description: 'Management API of the LLM gateway, read by the Cloud UI from server to server.',
      }),
      proxy_url: urlText().exactOptional().meta({ description: 'LLM proxy that users reach; https.' }),
    }),
    ['api_url', 'proxy_url'],
  ),
  initial: { proxy_url: '' },
  example: { api_url: 'https://llm-admin.example.com', proxy_url: 'https://llm.example.com' },
  fields: [
    {
      kind: 'url',
      path: ['proxy_url'],
      label: 'Proxy URL',
      hint: 'People’s tools send their requests to language models here.',
      placeholder: 'https://llm.example.com',
      required: false,
    },
    {
      kind: 'url',
      path: ['api_url'],
      label: 'Management API URL',
      hint: 'The Cloud UI reads budgets and models here.',
      placeholder: 'https://llm-admin.example.com',
      required: false,
    },
  ],
  notGoverned: 'Clients use no gateway, unless a person sets one; the Cloud UI shows no budgets.',
  effect(value, enforcement) {
    const proxy =
      value.proxy_url === undefined
        ? 'Clients use no proxy to language models from this policy'
        : `Clients reach language models through ${hostOf(value.proxy_url)}`
    const api =
      value.api_url === undefined
        ? '; the Cloud UI shows no budgets'
        : `; the Cloud UI reads budgets and models from ${hostOf(value.api_url)}`
    return enforcement === 'enforced'
      ? `${proxy}${api}. People cannot change this.`
      : `${proxy}${api}. People may set another gateway.`
  },
  risk({ before, after }) {
    const was = before?.value
    const is = after?.value
    if (was?.proxy_url !== is?.proxy_url) {
      return is?.proxy_url === undefined
        ? 'People who use language models through the gateway lose it.'
        : 'What people send to language models passes through another proxy.'
    }
    return was?.api_url === is?.api_url ? undefined : 'The Cloud UI manages budgets on another gateway.'
  },
  examine(value, _context, report) {
    const proxy = reportUrl(value.proxy_url, ['proxy_url'], report)
    const api = reportUrl(value.api_url, ['api_url'], report)
    if (proxy?.scheme === 'http') {
      report.error(
        ['proxy_url'],
        'insecure_url',
        'Use https: clients refuse a proxy that whoever is on the way can read.',
        value.proxy_url,
      )
    }
    if (api?.scheme === 'http' && !api.privateHost) {
      report.warning(
        ['api_url'],
        'insecure_url',
        'Use https, unless this address never leaves your own network.',
        value.api_url,
      )
    }
  },
})
