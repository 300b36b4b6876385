const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Names and addresses that can only mean this machine. `localhost.` and subdomains of it are not accepted. */
export const isLoopbackHost = (host: string): boolean =>
  loopbackNames.has(host.toLowerCase()) || /^127(\.\d{1,3}){3}$/.test(host)
