import type { Command } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { path, wholeNumber } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';

/** They take some minutes on two cores. */
const RECOUNT_INVOICES = 150;

/** `entrepot check:recount`. */
export function addCheckRecount(program: Command): void {
  program
    .command('check:recount')
    .summary('count the figures of all reports again with other code')
    .description(
      'Sells invoices of a file through the API of a local backend with a temporary folder, as `entrepot replay` does, ' +
        'adds refunds, unpaid and refused orders, visits, costs and movements of stock, and makes every report. A ' +
        'program in Python with pandas (PyPI, Python 3.10 or newer; installed at the first run) counts the figures ' +
        'again from the file, the API and the table, without the lake and without SQL. The exit code is 1 if a figure ' +
        'differs. Skips, and says so, where the file, Python or pandas cannot be had. npm test does not run it.',
    )
    .argument('[file]', 'the sales: a CSV file, plain or gzipped', path, 'online-retail-2010-12.csv.gz')
    .option(
      '--invoices <number>',
      'how many invoices are sold, spread over the file; large ones become several orders',
      wholeNumber(1, 10_000_000),
      RECOUNT_INVOICES,
    )
    .option('--keep <folder>', 'keep what was counted in this folder, which is emptied first', path)
    .action(async (file: string, options: { readonly invoices: number; readonly keep?: string }) => {
      const { checkRecount } = await import('../../../test/recount/check-recount.ts');
      exitWith(await checkRecount({ file, invoices: options.invoices, keep: options.keep }, say));
    });
}
