import { commands } from './commands/commands.ts'
import { runCommand } from './commands/run-command.ts'

// A full disk, or a reader of the log that is gone, is nothing that whoever serves has to die of.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const code = await runCommand(commands, process.argv.slice(2), {
  print: (line) => void process.stdout.write(`${line}\n`),
  printError: (line) => void process.stderr.write(`${line}\n`),
  terminal: process.stdout.isTTY === true,
})
process.exitCode = code
// Everything is closed by now. Whatever a library still holds open must not keep the process.
setTimeout(() => process.exit(code), 250).unref()
