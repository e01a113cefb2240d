import { Command } from 'commander';

/**
 * The options that a verb gets from this command line. Throws an Error with commander's message if the line
 * can't be read.
 */
export function parseLine<Options>(
  args: readonly string[],
  add: (program: Command, give: (options: Options) => void) => void,
): Options {
  const given: Options[] = [];
  const program = new Command('entrepot').exitOverride().configureOutput({ writeErr: () => {} });
  add(program, (options) => given.push(options));
  program.parse(args, { from: 'user' });
  const [options] = given;
  if (options === undefined) throw new Error('the verb did not run');
  return options;
}
