export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Family {
  readonly help: string
  readonly type: string
  readonly samples: Sample[]
}

const sampleLine = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/
const label = /([a-z_]+)="((?:[^"\\]|\\.)*)"(?:,|$)/g

const unquoted = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))

/** Reads the text exposition format as strictly as a scraper; throws where a scraper would drop the whole page. */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.')
  const families = new Map<string, Family>()
  let current: Family | undefined
  let family = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (keyword === 'HELP') {
      if (families.has(name)) throw new Error(`${name} is there twice.`)
      family = name
      current = { help: unquoted(rest), type: '', samples: [] }
    } else if (keyword === 'TYPE') {
      if (current === undefined || name !== family) throw new Error(`${name} has a type and no help.`)
      current = { ...current, type: rest }
      families.set(name, current)
    } else current?.samples.push(readSample(line, family))
  }
  return families
}

function readSample(line: string, family: string): Sample {
  const [, name = '', labels = '', value = ''] = sampleLine.exec(line) ?? []
  if (name !== family && !/^_(bucket|sum|count)$/.test(name.slice(family.length)))
    throw new Error(`This line does not belong to ${family}: ${line}`)
  const number = Number(value)
  if (value === '' || (Number.isNaN(number) && value !== 'NaN')) throw new Error(`This is no value: ${line}`)
  const pairs = [...labels.matchAll(label)].map(([, key = '', text = '']) => [key, unquoted(text)])
  return { name, labels: Object.fromEntries(pairs), value: number }
}
