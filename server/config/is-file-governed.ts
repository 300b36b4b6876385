import type { Settings } from './settings.ts'

/** Where a policy is given in a file, the file governs: nothing else changes it. */
export const isFileGoverned = ({
  enterpriseConfig,
  enterpriseConfigFile,
}: Pick<Settings, 'enterpriseConfig' | 'enterpriseConfigFile'>): boolean =>
  enterpriseConfig !== undefined || enterpriseConfigFile !== undefined
