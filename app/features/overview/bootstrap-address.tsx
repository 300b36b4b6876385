import { useId } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'

export const BootstrapAddress = ({ url }: { url: string }) => {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-panel border border-line bg-surface px-4 py-3 shadow-panel"
    >
      <div className="min-w-0 flex-1 basis-80">
        <h2 id={id} className="text-heading font-semibold">
          Bootstrap URL
        </h2>
        <p className="text-ink-2">Give this address to clients. It leads them to everything else.</p>
      </div>
      <code className="min-w-0 rounded-control border border-line bg-sunken px-2.5 py-1.5 font-mono text-small break-all select-all">
        {url}
      </code>
      <CopyButton text={url} what="the bootstrap URL" />
    </section>
  )
}
