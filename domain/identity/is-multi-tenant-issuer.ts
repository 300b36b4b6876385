import { entraTenant } from './entra-tenant.ts'

/** What stands in the place of a tenant when Entra means all of them; the last is its template, as a parsed URL spells it. */
const everyTenant = new Set(['', 'common', 'organizations', 'consumers', '%7btenantid%7d'])

/** True for an Entra issuer that signs for every tenant in the world: whoever has any tenant could make tokens for us. */
export const isMultiTenantIssuer = (issuer: string): boolean => {
  const tenant = entraTenant(issuer)
  return tenant !== undefined && everyTenant.has(tenant)
}
