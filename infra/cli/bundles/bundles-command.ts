import { Argument, type Command } from 'commander';
import { triggerList } from '../../../events/triggers.ts';
import { exitWith } from '../command-line/exit-with.ts';
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
      `Bundles every function as a deployment does. Loads what each loads at its start in fresh processes of
Node, and prints its sizes and its load time, the slowest first. The load time is a ratio to a bundle
that only constructs the DynamoDB client of the AWS SDK. It takes about a minute.`,
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
      `Prints the packages and folders in the bundle of a function, each with its bytes in what is loaded at the
start and in what is loaded late, and the milliseconds that its code ran while the bundle was loaded.`,
    )
    .addArgument(new Argument('<function>', 'the id of the function').choices(triggerList.map(([id]) => id)))
    .option('--files', 'print every single file')
    .action(async (id: string, options: { readonly files?: true }) => {
      const { bundleParts, partLines } = await import('./bundle-parts.ts');
      for (const line of partLines(await bundleParts(id, options.files === true))) say(line);
    });
  addContents(bundles);
}

/** What the bundles contain of others: their licences, and the bill of materials. */
function addContents(bundles: Command): void {
  bundles
    .command('licences')
    .summary('list the packages that are deployed, with their licences')
    .description(
      'Bundles every function as a deployment does, and prints each package of which at least one byte is in a bundle, ' +
        'with its version and its licence. Fails if a licence is not on the list of ' +
        'infra/cli/bundles/shipped-packages.ts.',
    )
    .action(async () => {
      const { licenceLines, notAllowed, shippedPackages } = await import('./shipped-packages.ts');
      const packages = shippedPackages();
      for (const line of licenceLines(packages)) say(line);
      exitWith(notAllowed(packages).length === 0);
    });
  bundles
    .command('sbom')
    .summary('print the bill of materials (SBOM)')
    .description(
      'Prints the software bill of materials in CycloneDX, as npm makes it from the lock file: each package with its ' +
        'version, hash and licence. It has what is deployed; with --all also the tools of the project.',
    )
    .option('--all', 'every package of the lock file')
    .action(async ({ all }: { readonly all?: true }) => {
      const { makeSbom, sbomOf } = await import('./make-sbom.ts');
      const { shippedPackages } = await import('./shipped-packages.ts');
      const sbom = makeSbom();
      say(JSON.stringify(all ? sbom : sbomOf(sbom, shippedPackages()), undefined, 2));
    });
}

const rounds = wholeNumber(0, MAX_ROUNDS);
