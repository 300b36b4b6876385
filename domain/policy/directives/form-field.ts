interface FieldBase {
  /** Where the value stands below the directive's value; empty for the value itself. */
  readonly path: readonly string[]
  readonly label: string
  readonly hint?: string
}

interface InputBase extends FieldBase {
  readonly required: boolean
  readonly placeholder?: string
}

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint: string
}

/** One way of a one-of field: the fields that stand for it. */
export interface Alternative {
  readonly label: string
  readonly fields: readonly FormField[]
}

/** What a form needs to know to draw a value; the form itself knows no directive. */
export type FormField =
  | ({ readonly kind: 'url' } & InputBase)
  | ({ readonly kind: 'text'; readonly maxCharacters: number; readonly multiline: boolean } & InputBase)
  | ({ readonly kind: 'boolean'; readonly on: string; readonly off: string } & FieldBase)
  | ({
      readonly kind: 'number'
      readonly least: number
      readonly most: number
      readonly step: number
    } & InputBase)
  | ({ readonly kind: 'duration'; readonly suggestions: readonly string[] } & InputBase)
  | ({ readonly kind: 'choice'; readonly options: readonly Choice[] } & FieldBase)
  | ({
      readonly kind: 'map'
      readonly nameLabel: string
      readonly valueLabel: string
      readonly maxItems: number
    } & FieldBase)
  | ({ readonly kind: 'pem' } & InputBase)
  | ({ readonly kind: 'one-of'; readonly alternatives: readonly Alternative[] } & FieldBase)
