import { join } from 'node:path'
import { root } from './pinned-node.mjs'

/** Where the tests of one run leave every answer of the client endpoints, a JSON object a line. */
export const answersFile = join(root, 'build', 'answers.jsonl')
