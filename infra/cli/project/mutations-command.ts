import { type Command, InvalidArgumentError, Option } from 'commander';
import type { MutationOptions } from '../../../test/mutations/run-mutations.ts';
import { exitWith } from '../command-line/exit-with.ts';
import { wholeNumber } from '../command-line/option-values.ts';

const HELP = `
A mutant is a fault, such as a condition that is left out. The list in test/mutations/ names the
file, the text, the text in its place, the tests that should fail, and the harm. A mutant is killed
if one of its tests fails, and has survived if all of them pass. Fails if fewer than 95 percent are
killed, or if a row of the list no longer fits the code.

Faults are put into a copy in the temporary folder, never into the project. Ctrl-C stops and
prints the results so far.

Examples:
  npm run mutations
  npm run mutations -- --only shared/payment
  npm run mutations -- --shard 1/4 --jobs 2`;

/** `entrepot mutations`. */
export function addMutations(program: Command): void {
  program
    .command('mutations')
    .summary('put faults into a copy of the code, and see whether tests notice them')
    .description(
      'Puts the faults of a list into a copy of the code, one at a time, and runs the tests that should fail. Takes ' +
        'a few seconds a fault. It is not part of `entrepot test`.',
    )
    .option('--only <text>', 'only mutants whose id, file or harm contains the text')
    .addOption(
      new Option('--shard <i/n>', 'only the i-th of n parts of the list')
        .argParser(shard)
        .default({ part: 1, of: 1 }, '1/1'),
    )
    .option('--jobs <n>', 'mutants at the same time, each in a copy of its own', wholeNumber(1, 16), 1)
    .addHelpText('after', HELP)
    .action(async (options: MutationOptions) =>
      exitWith(await (await import('../../../test/mutations/run-mutations.ts')).runMutations(options)),
    );
}

function shard(text: string): MutationOptions['shard'] {
  const [part = 0, of = 0] = text.split('/').map(Number);
  if (!/^\d+\/\d+$/.test(text) || part < 1 || part > of)
    throw new InvalidArgumentError('It takes a part and the number of parts, such as 1/4.');
  return { part, of };
}
