import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMultiTenantIssuer } from './is-multi-tenant-issuer.ts'

const shared = [
  'https://login.microsoftonline.com/common/v2.0',
  'https://login.microsoftonline.com/organizations/v2.0',
  'https://login.microsoftonline.com/consumers/v2.0',
  'https://login.microsoftonline.com/{tenantid}/v2.0',
  'https://login.microsoftonline.com/COMMON/v2.0',
  'https://login.microsoftonline.us/common/v2.0',
  'https://sts.windows.net/common/',
  'https://sts.windows.net/',
]

const single = [
  'https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0',
  'https://sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee/',
  'https://idp.example.com/common',
  'https://example.okta.com/oauth2/default',
  'not a URL',
  'https://login.microsoftonline.com/%zz/v2.0',
]

for (const issuer of shared)
  test(`${issuer} signs for every tenant`, () => assert.equal(isMultiTenantIssuer(issuer), true))
for (const issuer of single)
  test(`${issuer} does not`, () => assert.equal(isMultiTenantIssuer(issuer), false))
