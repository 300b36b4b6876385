import { html } from './html.ts'
import { type Page, page } from './page.ts'

interface Refusal {
  readonly error: string
  readonly error_description?: string
}

export const renderRefusal = (refusal: Refusal): Page =>
  page(
    'Sign-in stopped',
    html`<h1>Sign-in stopped</h1>
<p>The request cannot go on. Close this page and start the sign-in again from your client.</p>
<dl>
<dt>Error</dt><dd><code>${refusal.error}</code></dd>
<dt>Reason</dt><dd>${refusal.error_description ?? 'No reason was given.'}</dd>
</dl>`,
  )
