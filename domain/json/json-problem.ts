/** Found while a text or value is read, before anything is known about its meaning. */
export type JsonProblemCode =
  | 'json_syntax'
  | 'encoding'
  | 'max_size'
  | 'max_depth'
  | 'max_items'
  | 'max_length'
  | 'duplicate_key'
  | 'forbidden_key'
  | 'number_range'
  | 'lone_surrogate'
  | 'not_json'

export interface JsonProblem {
  /** JSON Pointer. */
  readonly path: string
  readonly code: JsonProblemCode
  readonly message: string
  readonly found?: string
}

/** `value` is absent when the text could not be read to its end; what is there leaves out what was refused. */
export interface JsonReading {
  readonly value?: unknown
  readonly problems: readonly JsonProblem[]
}
