import type { SignedEnvelope } from '../../usecases/envelope/envelope-press.ts'
import { dataHeaders } from '../problem/answer-problem.ts'

/** An envelope as it goes over the wire, ready to be written. */
export interface EnvelopeForm {
  readonly etag: string
  readonly headers: string[]
  readonly notModified: string[]
  /** Its bytes as text of one character each: text goes out with the head in one write, a buffer in two. */
  readonly body: string
}

/** The two representations of each envelope, made once. Each has a tag of its own: they are different bytes. */
export function createEnvelopeForms(): (envelope: SignedEnvelope, jose: boolean) => EnvelopeForm {
  const json = new WeakMap<SignedEnvelope, EnvelopeForm>()
  const jose = new WeakMap<SignedEnvelope, EnvelopeForm>()

  return (envelope, asJose) => {
    const forms = asJose ? jose : json
    let form = forms.get(envelope)
    if (form === undefined) {
      form = asJose
        ? envelopeForm(`"${envelope.etag};jose"`, 'application/jose', envelope.jose)
        : envelopeForm(`"${envelope.etag}"`, 'application/json', envelope.json)
      forms.set(envelope, form)
    }
    return form
  }
}

function envelopeForm(etag: string, type: string, text: string): EnvelopeForm {
  const bytes = Buffer.from(text)
  const notModified = [
    'ETag',
    etag,
    'Cache-Control',
    'private, no-cache',
    'Vary',
    'Authorization, Accept, X-Client-Type',
  ]
  const content = ['Content-Type', type, 'Content-Length', String(bytes.byteLength)]
  return {
    etag,
    body: bytes.toString('latin1'),
    notModified,
    headers: [...content, ...notModified, ...dataHeaders],
  }
}
