import { CommanderError } from 'commander';

/** The exit code of a wrong command line, as in most tools. */
const WRONG_USAGE = 2;

/** Errors of the JavaScript engine. They are mistakes in the program, so the place of the mistake is printed. */
const PROGRAM_ERRORS = ['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError', 'AssertionError'];

/** Prints the error for the user. Gives the exit code for it. */
export function reportError(error: unknown): number {
  // Commander has already printed its message, or the help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  console.error(errorText(error));
  return 1;
}

/** The printed text of an error. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const connection = connectionText(error);
  if (connection !== undefined) return connection;
  return PROGRAM_ERRORS.includes(error.name) ? (error.stack ?? error.message) : error.message;
}

/** `fetch` throws a TypeError when the connection fails. The reason is in the error's cause. */
function connectionText({ message, cause }: Error): string | undefined {
  if (message !== 'fetch failed' || !(cause instanceof Error)) return undefined;
  // If a name has several addresses, `fetch` has tried each of them.
  const tried = cause instanceof AggregateError ? cause.errors[0] : cause;
  const { code, address, port, hostname } = Object(tried) as Readonly<Record<string, unknown>>;
  if (code === 'ECONNREFUSED')
    return `nothing answers at ${address}:${port}: start a backend with \`npm start\`, or name the address of a running one with --url`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `no machine has the name ${hostname}: check --url`;
  return `the connection failed: ${cause.message}`;
}
