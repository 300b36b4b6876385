/** Something about a file that is refused, or, as a note, only worth a look. */
export interface Finding {
  readonly file: string
  readonly line?: number
  readonly message: string
  readonly severity: 'refused' | 'note'
}
