const settings = [
  ['HTTPS_PROXY', 'http://proxy.example.com:3128'],
  ['NO_PROXY', 'localhost,127.0.0.1,.example.com'],
  ['NPM_CONFIG_REGISTRY', 'https://packages.example.com/npm/'],
  ['PIP_INDEX_URL', 'https://packages.example.com/pypi/simple'],
  ['GOPROXY', 'https://packages.example.com/go'],
  ['UV_INDEX_URL', 'https://packages.example.com/pypi/simple'],
] as const

const enforced = <Value>(value: Value) => ({ value, enforcement: 'enforced' })

/** A policy that governs everything an organisation usually does. `edition` makes one that differs from the others. */
export const benchPolicy = (edition: number): string =>
  JSON.stringify({
    registry: enforced({
      api_url: 'https://registry.example.com/registry/default',
      server_api_url: 'https://registry.example.com',
    }),
    non_registry_servers: enforced(false),
    telemetry: enforced({
      otel_endpoint: 'https://otel.example.com:4318',
      sampling_rate: 0.25,
      tracing_enabled: true,
      metrics_enabled: true,
      headers: { 'x-team': 'platform' },
    }),
    build_env: enforced({ ...Object.fromEntries(settings), POLICY_EDITION: String(edition) }),
    gateway: enforced({
      api_url: 'https://gateway.example.com/api',
      proxy_url: 'https://gateway.example.com/v1',
    }),
    playground: enforced(true),
    help_menu: { value: true, enforcement: 'default' },
    assistant: enforced(false),
    degraded_mode: {
      policy: 'block_new',
      grace_period: '24h',
      message:
        'The configuration service cannot be reached. New servers stay blocked until it answers again.',
    },
  })
