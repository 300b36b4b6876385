import { auditExport } from './audit-export.ts'
import { auditVerify } from './audit-verify.ts'
import { backup } from './backup.ts'
import { check } from './check.ts'
import type { CommandSpec } from './command-spec.ts'
import { doctor } from './doctor.ts'
import { healthcheck } from './healthcheck.ts'
import { keysGenerate } from './keys-generate.ts'
import { keysImport } from './keys-import.ts'
import { keysList } from './keys-list.ts'
import { keysRetire } from './keys-retire.ts'
import { keysRotate } from './keys-rotate.ts'
import { policyApply } from './policy-apply.ts'
import { policyExport } from './policy-export.ts'
import { policyPlan } from './policy-plan.ts'
import { policySchema } from './policy-schema.ts'
import { policyValidate } from './policy-validate.ts'
import { printVersion } from './print-version.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import { verify } from './verify.ts'

/** In the order in which the overview lists them. */
export const commands: readonly CommandSpec[] = [
  serve,
  check,
  policyValidate,
  policySchema,
  policyExport,
  policyPlan,
  policyApply,
  keysGenerate,
  keysList,
  keysRotate,
  keysRetire,
  keysImport,
  auditVerify,
  auditExport,
  backup,
  restore,
  verify,
  doctor,
  healthcheck,
  printVersion,
]
