import { type Html, html } from './html.ts'
import { type Page, page } from './page.ts'
import { type SamplePerson, samplePeople } from './sample-people.ts'

export interface SignIn {
  /** Where the form goes. */
  readonly action: string
  /** Where the client waits for the answer. */
  readonly redirectUri: string
}

export const renderSignIn = (signIn: SignIn): Page =>
  page(
    'Pick a person',
    html`<h1>Pick a person to sign in as</h1>
<p>This sign-in is for evaluation only: the people are invented and there is no password. Whoever you pick, the client gets a real token with that person’s groups.</p>
<form method="post" action="${signIn.action}">
<ul class="people">${samplePeople.map(personRow)}</ul>
<div class="foot">
<p>Afterwards you go back to <code>${URL.parse(signIn.redirectUri)?.origin ?? 'your client'}</code>.</p>
<button class="cancel" name="cancel" value="1">Cancel</button>
</div>
</form>`,
    formTarget(signIn.redirectUri),
  )

const personRow = (
  person: SamplePerson,
): Html => html`<li><button class="person" name="person" value="${person.subject}">
<span class="initials" aria-hidden="true">${initials(person.name)}</span>
<span><span class="name">${person.name}</span><span class="purpose">${person.purpose}</span></span>
<span class="groups">${person.groups.length === 0 ? html`<span class="none">no group</span>` : person.groups.map(groupPill)}</span>
</button></li>`

const groupPill = (group: string): Html => html`<span class="group">${group}</span>`

const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word.slice(0, 1))
    .join('')

/**
 * A browser applies form-action to the redirects that follow a form as well, so the client's listener must be named.
 * The policy's grammar has no IPv6 address: there the scheme has to do.
 */
const formTarget = (redirectUri: string): string => {
  const url = URL.parse(redirectUri)
  if (url === null) return ''
  return url.hostname.startsWith('[') ? url.protocol : url.origin
}
