import { Argument, type Command } from 'commander';
import { triggerList } from '../../../events/triggers.ts';
import { wholeNumber } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';

const MAX_ROUNDS = 100;

/** `entrepot bundles`. */
export function addBundles(program: Command): void {
  const bundles = program
    .command('bundles')
    .summary('the bundled code of the functions')
    .description('The bundled code of the functions.');
  bundles
    .command('list', { isDefault: true })
    .summary("list the functions' bundles with their sizes and load times")
    .description(
      `Bundles every function as a deployment does. Loads each bundle in fresh processes of Node, and prints
its size and its load time, the slowest first. The load time is a ratio to a bundle that only
constructs the DynamoDB client of the AWS SDK. It takes about a minute.`,
    )
    .option('--rounds <number>', 'how often each bundle is loaded; 0 prints only sizes', rounds, 5)
    .action(async (options: { readonly rounds: number }) => {
      const { bundleLines, listBundles } = await import('./list-bundles.ts');
      for (const line of bundleLines(await listBundles(options.rounds))) say(line);
    });
  bundles
    .command('parts')
    .summary('show what the bundle of a function consists of')
    .description(
      `Prints the packages and folders in the bundle of a function, each with its bytes in the bundle and the
milliseconds that its code ran while the bundle was loaded.`,
    )
    .addArgument(new Argument('<function>', 'the id of the function').choices(triggerList.map(([id]) => id)))
    .option('--files', 'print every single file')
    .action(async (id: string, options: { readonly files?: true }) => {
      const { bundleParts, partLines } = await import('./bundle-parts.ts');
      for (const line of partLines(await bundleParts(id, options.files === true))) say(line);
    });
}

const rounds = wholeNumber(0, MAX_ROUNDS);
