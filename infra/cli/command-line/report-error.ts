import { CommanderError } from 'commander';

/** What the shell is given for a command line that can't be read, as most tools do. */
const WRONG_USAGE = 2;

/** Errors of the JavaScript engine: a mistake in the program, so that where it happened is worth printing. */
const PROGRAM_ERRORS = ['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError', 'AssertionError'];

/** Tells the person what went wrong, and gives the exit code for it. */
export function reportError(error: unknown): number {
  // Commander has printed its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  console.error(textOf(error));
  return 1;
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return PROGRAM_ERRORS.includes(error.name) ? (error.stack ?? error.message) : error.message;
}
