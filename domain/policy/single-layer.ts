import type { EnterpriseConfig, PolicyDocument } from './policy-document.ts'

/** One policy for everybody, as a file states it. */
export const singleLayer = (directives: EnterpriseConfig): PolicyDocument => ({
  layers: [{ id: 'organisation', name: 'Organisation', directives }],
})
