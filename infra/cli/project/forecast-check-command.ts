import type { Command } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { path, wholeNumber } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';

const FILES = ['online-retail-2010-12.csv.gz', 'online-retail-2011-01-to-04.csv.gz'];

/** `entrepot check:forecast`. */
export function addCheckForecast(program: Command): void {
  program
    .command('check:forecast')
    .summary('compare forecasts of demand with another library')
    .description(
      'Forecasts sales of the past as `entrepot replenish backtest` does, and with AutoETS, CrostonSBA, TSB and IMAPA of ' +
        'statsforecast and their median (PyPI, Python 3.10 or newer; installed at the first run) on the same series, ' +
        'days and origins. Prints both, and each aim. The exit code is 1 if our pinball loss of days is above that of ' +
        'seasonal naive, of a single method of ours or of statsforecast, or if our WAPE is above that of statsforecast. ' +
        'Skips, and says so, where a file, Python or the library cannot be had. npm test does not run it.',
    )
    .argument('[files...]', 'the sales: CSV files, plain or gzipped', FILES)
    .option('--every <number>', 'forecast only every n-th SKU', wholeNumber(1, 100_000), 16)
    .option('--offset <number>', 'begin with that SKU, counted from 0', wholeNumber(0, 99_999), 3)
    .action(
      async (
        files: readonly string[],
        { every, offset }: { readonly every: number; readonly offset: number },
      ) => {
        const { checkForecast } = await import('../../../test/statsforecast/check-forecast.ts');
        exitWith(await checkForecast({ files: files.map(path), every, offset }, say));
      },
    );
}
