import { check } from './check.ts'
import type { CommandSpec } from './command-spec.ts'
import { printVersion } from './print-version.ts'
import { serve } from './serve.ts'

/** In the order in which the overview lists them. */
export const commands: readonly CommandSpec[] = [serve, check, printVersion]
