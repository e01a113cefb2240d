import { Argument, type Command, InvalidArgumentError } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { exitWith } from '../command-line/exit-with.ts';
import { path, wholeNumber } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';
import { FILE_KINDS, type FileKind, type RatesOptions } from './rates-options.ts';

interface Values extends OperatorValues {
  readonly dryRun?: true;
  readonly spread?: number;
  readonly expires?: string;
}

const MAX_SPREAD_BASIS_POINTS = 2_000;

const importRates = async (options: RatesOptions) => {
  const { operatorAt } = await import('../client/operator-at.ts');
  const { importRates: store, readSource } = await import('./import-rates.ts');
  exitWith(await store(options, await readSource(options.from), () => operatorAt(options), say));
};

/** `entrepot rates`. `run` does the work. */
export function addRates(
  program: Command,
  run: (options: RatesOptions) => Promise<void> = importRates,
): void {
  const verb = program
    .command('rates')
    .summary('exchange rates, from published files')
    .description('Exchange rates, from published files.')
    .command('import')
    .summary('store a published file of exchange rates in a running backend')
    .description(`Reads a published file of exchange rates and stores the rates through the admin API
(PUT /v1/admin/exchange-rates). A file with an error stores nothing, and every error is printed with its line. Kinds:

ecb-daily  eurofxref-daily.xml of the European Central Bank: the rates that new quotes lock. On the
           second-last Wednesday of a month also the customs rates of the next month
ecb-90d    eurofxref-hist-90d.xml: the rates of every day. Quotes lock the latest rates, and tax
           returns use the rates of the last day of a period. Also the customs rates of each month
           that the file determines
hmrc       monthly_csv_YYYY-M.csv or monthly_xml_YYYY-M.xml of HM Revenue & Customs: customs rates
           of a month
csv        currency,rate,date,source and optionally base: rates of currencies that the daily rates
           lack, such as AED, one currency a line. Each is stored for itself, and stays until a
           later one of its currency is stored or it expires. rate is in units of the currency for
           one unit of base, which is EUR where the column is missing`)
    .addArgument(new Argument('<kind>', 'the kind of the file').choices(FILE_KINDS))
    .argument('<source>', 'the file, or the address from which it is fetched', source)
    .option('--dry-run', 'show the rates and store nothing')
    .option(
      '--spread <basis points>',
      "the spread on prices with these daily rates, instead of the merchant's own spread",
      wholeNumber(0, MAX_SPREAD_BASIS_POINTS),
    )
    .option(
      '--expires <time>',
      'the time at which conversions stop using these daily or other rates (2026-11-30T00:00:00.000Z). The default is the end of the fourth ' +
        'day after their day; for the European Central Bank at least the end of the day after its next publication',
      instant,
    );
  withOperator(verb, 'rates:write')
    .addHelpText(
      'after',
      `
The publishers' addresses:
  https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml
  https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml
  https://www.trade-tariff.service.gov.uk/uk/api/exchange_rates/files/monthly_csv_2026-11.csv`,
    )
    .action((kind: FileKind, from: string, values: Values) =>
      run({
        kind,
        from,
        spreadBasisPoints: values.spread,
        expiresAt: values.expires,
        dryRun: values.dryRun ?? false,
        ...operatorOptions(values),
      }),
    );
}

const source = (text: string) => (/^https?:\/\//.test(text) ? text : path(text));

function instant(text: string): string {
  const time = Date.parse(text);
  if (!/Z$/.test(text) || Number.isNaN(time))
    throw new InvalidArgumentError('It takes a time in UTC such as 2026-11-30T00:00:00.000Z.');
  return new Date(time).toISOString();
}
