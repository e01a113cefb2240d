import { createInterface } from 'node:readline/promises';

/** Asks the user at the terminal. Throws an Error if the input is not a terminal. */
export async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Error(
      'the command cannot ask, because its input is not a terminal: repeat with --yes, or with --dry-run',
    );
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
