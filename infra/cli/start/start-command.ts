import type { Command } from 'commander';
import { path, wholeNumber } from '../command-line/option-values.ts';
import type { StartOptions } from './start-options.ts';

interface Values {
  readonly port: number;
  readonly data: string;
  readonly quiet?: true;
  readonly demo?: boolean;
  readonly empty?: true;
  readonly watch?: true;
  readonly assembly?: string;
  readonly faultSeed?: number;
}

/** `entrepot start`. `run` does the work with the options read. */
export function addStart(
  program: Command,
  run: (options: StartOptions) => Promise<void> = async (options) =>
    (await import('./start.ts')).start(options),
): void {
  program
    .command('start')
    .summary('run the whole backend on this machine, with a sample shop')
    .description(
      'Synthesises the stacks when a source changed, and runs what they declare on this machine. The first start ' +
        'stores a sample shop and carries one order from its quote to its delivery. Then stays up until Ctrl-C. ' +
        'The next start carries on where this one stopped, and writes over nothing. Ctrl-C ends it with 0, or ' +
        'with 130 before it is up.',
    )
    .option('--port <number>', 'port of the HTTP API', wholeNumber(0, 65_535), 3000)
    .option('--data <folder>', 'where table, secrets, partners and logs are kept', path, '.local')
    .option('--quiet', 'print nothing but the URLs and errors')
    .option('--empty', 'store no sample shop: a data folder that was started so stays without one')
    .option('--demo', 'place the sample order although an earlier start placed it')
    .option('--no-demo', 'do not place the sample order')
    .option(
      '--fault-seed <number>',
      'inject faults (duplicates, delays, throttles, kills), the same ones for the same number',
      wholeNumber(0, 2 ** 31),
    )
    .option('--assembly <folder>', 'run an app that was synthesised before', path)
    .option('--watch', 'bundle and reload a function when its sources change')
    .action((values: Values) =>
      run({
        port: values.port,
        dataDir: values.data,
        quiet: values.quiet ?? false,
        empty: values.empty ?? false,
        demoOrder: values.demo,
        watch: values.watch ?? false,
        assemblyDir: values.assembly,
        faultSeed: values.faultSeed,
      }),
    );
}
