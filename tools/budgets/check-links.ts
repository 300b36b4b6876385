import { posix } from 'node:path'
import type { Finding } from './finding.ts'

/** What a link may lead to: every file and folder of the repository, and the anchors of its pages. */
export interface LinkTargets {
  has(path: string): boolean
  anchorsOf(page: string): ReadonlySet<string>
}

/** A link inside the repository leads to something that is there. Others are not followed: a check needs no network. */
export function checkLinks(page: string, text: string, targets: LinkTargets): readonly Finding[] {
  return linksOf(text).flatMap(({ to, line }) => {
    const [path = '', anchor] = to.split('#')
    const target = path === '' ? page : posix.join(posix.dirname(page), path).replace(/\/$/, '')
    const problem = targets.has(target)
      ? anchor === undefined || targets.anchorsOf(target).has(anchor)
        ? undefined
        : `${target} has no heading "#${anchor}".`
      : `The link to ${to} leads nowhere.`
    return problem === undefined
      ? []
      : [{ file: page, line, message: problem, severity: 'refused' } satisfies Finding]
  })
}

/** The anchors that readers of Markdown make of headings: words in lower case, hyphens for blanks. */
export const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    prose(text).flatMap((line) => {
      const heading = /^#{1,6} +(.*)$/.exec(line)?.[1]
      return heading === undefined ? [] : [anchorOf(heading)]
    }),
  )

const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .trim()
    .replaceAll(' ', '-')

const linksOf = (text: string): readonly { to: string; line: number }[] =>
  prose(text).flatMap((content, index) =>
    [...content.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, to = '']) => ({ to, line: index + 1 }))
      .filter(({ to }) => !/^[a-z]+:/.test(to)),
  )

/** The lines of a page, those inside code fences empty. */
function prose(text: string): readonly string[] {
  let fenced = false
  return text.split('\n').map((line) => {
    const fence = /^\s*(```|~~~)/.test(line)
    if (fence) fenced = !fenced
    return fence || fenced ? '' : line
  })
}
