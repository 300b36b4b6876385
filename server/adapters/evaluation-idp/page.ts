import { createHash } from 'node:crypto'
import { Html, html } from './html.ts'
import { stylesheet } from './stylesheet.ts'

export interface Page {
  readonly html: string
  readonly contentSecurityPolicy: string
}

const styleHash = createHash('sha256').update(stylesheet).digest('base64')

/** `formAction` lists, besides the provider itself, where a form's answer may lead on to. */
export const page = (title: string, content: Html, formAction = ''): Page => ({
  html: html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Hivewarden evaluation</title>
<style>${new Html(stylesheet)}</style>
</head>
<body>
<header class="top">
<span class="brand">${mark}Hivewarden</span>
<span class="badge">Evaluation</span>
</header>
<main>${content}</main>
</body>
</html>
`.text,
  contentSecurityPolicy: [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self'${formAction === '' ? '' : ` ${formAction}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
})

const mark = html`<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" aria-hidden="true"><path d="M10 1.8 17 5.9v8.2l-7 4.1-7-4.1V5.9z"/><path d="m7 10 2.2 2.2L13.2 8" stroke-linecap="round"/></svg>`
