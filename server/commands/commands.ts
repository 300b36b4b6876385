import { check } from './check.ts'
import type { CommandSpec } from './command-spec.ts'
import { doctor } from './doctor.ts'
import { healthcheck } from './healthcheck.ts'
import { keysGenerate } from './keys-generate.ts'
import { keysList } from './keys-list.ts'
import { policySchema } from './policy-schema.ts'
import { policyValidate } from './policy-validate.ts'
import { printVersion } from './print-version.ts'
import { serve } from './serve.ts'
import { verify } from './verify.ts'

/** In the order in which the overview lists them. */
export const commands: readonly CommandSpec[] = [
  serve,
  check,
  policyValidate,
  policySchema,
  keysGenerate,
  keysList,
  verify,
  doctor,
  healthcheck,
  printVersion,
]
