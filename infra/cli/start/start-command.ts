import { type Command, Option } from 'commander';
import { path, wholeNumber } from '../command-line/option-values.ts';
import type { StartOptions } from './start-options.ts';

interface Values {
  readonly port: number;
  readonly data?: string;
  readonly partners: 'sandbox' | 'real';
  readonly partnerKeys?: string;
  readonly quiet?: true;
  readonly demo?: boolean;
  readonly empty?: true;
  readonly watch?: true;
  readonly assembly?: string;
  readonly faultSeed?: number;
}

/** The data folder where none is named. Orders of real partners are kept apart from those of the sandboxes. */
const DATA_FOLDERS = { sandbox: '.local', real: '.local-real' } as const;

/** `entrepot start`. `run` does the work. */
export function addStart(
  program: Command,
  run: (options: StartOptions) => Promise<void> = async (options) =>
    (await import('./start.ts')).start(options),
): void {
  program
    .command('start')
    .summary('run the whole backend on this machine, with a sample shop')
    .description(
      'Synthesises the stacks if a source changed, and runs everything that they declare on this machine. The first ' +
        'start stores a sample shop and carries one order from its quote to its delivery. Then the backend runs until ' +
        'Ctrl-C. The next start continues with the same data and overwrites nothing. The exit code after Ctrl-C is 0, ' +
        'or 130 if the backend was not up yet.',
    )
    .option('--port <number>', 'port of the HTTP API', wholeNumber(0, 65_535), 3000)
    .option(
      '--data <folder>',
      'the folder for the table, secrets, partners and logs (default: ".local", or ".local-real" with real partners)',
      path,
    )
    .addOption(
      new Option(
        '--partners <kind>',
        'sandbox: all partners run on this machine. real: partners with a test key in the key file are called at their ' +
          'own addresses and polled, because no webhook arrives here',
      )
        .choices(['sandbox', 'real'])
        .default('sandbox'),
    )
    .option(
      '--partner-keys <file>',
      'the key file for real partners, which only you may read (default: "~/.config/entrepot/partners.json")',
      path,
    )
    .option('--quiet', 'print only the URLs and errors')
    .option('--empty', 'store no sample shop; later starts with this data folder store none either')
    .option('--demo', 'place the sample order even if an earlier start placed it')
    .option('--no-demo', 'do not place the sample order')
    .option(
      '--fault-seed <number>',
      'inject faults (duplicates, delays, throttles, conflicts, kills); the same number gives the same faults',
      wholeNumber(0, 2 ** 31),
    )
    .option('--assembly <folder>', 'run the synthesised app in this folder', path)
    .option('--watch', 'bundle and reload a function when its sources change')
    .action((values: Values, command: Command) => {
      if (values.partnerKeys !== undefined && values.partners !== 'real')
        return command.error('error: --partner-keys needs --partners real');
      return run({
        port: values.port,
        dataDir: values.data ?? DATA_FOLDERS[values.partners],
        partners: values.partners,
        partnerKeys: values.partnerKeys,
        quiet: values.quiet ?? false,
        empty: values.empty ?? false,
        demoOrder: values.demo,
        watch: values.watch ?? false,
        assemblyDir: values.assembly,
        faultSeed: values.faultSeed,
      });
    });
}
