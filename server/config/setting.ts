import type { Result } from '../../domain/result.ts'

/** Why a value was refused: what is wrong with it and what is allowed, as one sentence for an operator. */
export type SettingRefusal = string

/**
 * How one kind of setting is read. `fromText` reads the environment, `fromFile` a value of the settings file:
 * a file has lists and numbers, the environment only text.
 */
export interface SettingKind<Value> {
  readonly describes: string
  fromText(text: string): Result<Value, SettingRefusal>
  fromFile(value: unknown): Result<Value, SettingRefusal>
  /** How the value is shown where a person looks at the settings. Absent: as it is, or masked when it is secret. */
  show?(value: Value): string
}

export interface SettingSpec<Value> {
  readonly kind: SettingKind<Value>
  readonly env?: string
  readonly doc: string
  readonly default?: Value
  /** Shown masked, everywhere. */
  readonly secret?: boolean
}

export interface DefaultedSetting<Value> extends SettingSpec<Value> {
  readonly default: Value
}

export type SettingSource = 'default' | 'file' | 'environment' | 'command line' | 'evaluation'
