import type { JsonProblemCode } from '../json/json-problem.ts'

/** Stable: a code may be added, but an existing one never changes its meaning. */
export type PolicyProblemCode =
  | JsonProblemCode
  | SourceProblemCode
  | StructureProblemCode
  | UrlProblemCode
  | DurationProblemCode
  | MeaningProblemCode

/** The document cannot be had, or is not even text of its format. */
export type SourceProblemCode = 'unreadable' | 'yaml_syntax'

/** What a JSON Schema could say as well. */
export type StructureProblemCode =
  | 'type_object'
  | 'type_array'
  | 'type_boolean'
  | 'type_string'
  | 'type_number'
  | 'required'
  | 'enum'
  | 'range'
  | 'unknown_key'
  | 'exactly_one'
  | 'empty'

export type UrlProblemCode =
  | 'url_absolute'
  | 'url_scheme'
  | 'url_host'
  | 'url_userinfo'
  | 'url_fragment'
  | 'url_syntax'
  | 'insecure_url'
  | 'private_ip'

export type DurationProblemCode =
  | 'duration'
  | 'duration_unit'
  | 'duration_unit_missing'
  | 'negative'
  | 'overflow'
  | 'max'

export type MeaningProblemCode =
  | 'inconsistent'
  | 'needs_registry'
  | 'secret_suspected'
  | 'control_char'
  | 'header_name'
  | 'header_value'
  | 'env_name'
  | 'env_reserved'
  | 'env_value'
  | 'pem_private'
  | 'pem_parse'
  | 'not_ca'
  | 'expired'
  | 'expires_soon'
  | 'not_yet_valid'
  | 'version_range'
  | 'duplicate_layer'

export interface PolicyProblem {
  /** JSON Pointer (RFC 6901) into the document; empty for the document as a whole. */
  readonly path: string
  readonly code: PolicyProblemCode
  /** One or two sentences for a person: what is wrong and what to do. */
  readonly message: string
  /** What stood there: shortened, with control characters escaped, and masked when it looks like a secret. */
  readonly found?: string
  readonly severity: 'error' | 'warning'
}
