import type { UNSAFE_RouteConfig as RouteConfig } from '@remix-run/dev'

export default [
  { file: 'routes/overview.tsx', index: true },
  { file: 'routes/theme.tsx', path: 'theme' },
  { file: 'routes/not-found.tsx', path: '*' },
] satisfies RouteConfig
