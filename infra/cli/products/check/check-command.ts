import { type Command, InvalidArgumentError, Option } from 'commander';
import { classificationPolicies } from '../../../../shared/duties/regime.ts';
import { type Country, countrySchema } from '../../../../shared/kernel/country.ts';
import { type OperatorValues, withOperator } from '../../client/operator-options.ts';
import { day, path, wholeNumber } from '../../command-line/option-values.ts';
import { createProgress } from '../../terminal/progress.ts';
import { say } from '../../terminal/say.ts';
import type { CheckOptions } from './check-options.ts';

const check = async (options: CheckOptions) => {
  const { checkCatalogue } = await import('./check-catalogue.ts');
  const areAllPriced = await checkCatalogue(options, { progress: createProgress(process.stderr), say });
  process.exitCode = areAllPriced ? 0 : 1;
};

interface CheckValues
  extends Omit<CheckOptions, 'backend' | 'freightPercent' | 'format' | 'all'>,
    OperatorValues {
  readonly freight: number;
  readonly json?: true;
  readonly all?: true;
}

/** `entrepot products check`. `run` does the work. */
export function addProductsCheck(
  products: Command,
  run: (options: CheckOptions) => Promise<void> = check,
): void {
  const verb = products
    .command('check')
    .summary('say for each product and market whether it is priced, and what is missing')
    .description(
      'Prices one order of each product of a running backend to each market, by its rules, the tariffs that it ' +
        'imported, its exchange rates and registrations; with --file the products of a file, by the rules and ' +
        'tariffs of this repository and without a backend. It says which are priced, which have a range of rates ' +
        'since their code is divided, which are refused and why, what is missing, and where a proof of origin would ' +
        'lower the duty.',
    )
    .option('--file <file>', 'a catalogue: JSON if its name ends in .json, otherwise CSV', path)
    .option('--to <countries>', 'markets, such as DE,US,JP; all destinations without it', markets, [])
    .option('--from <country>', 'where the goods leave; the country of origin of each without it', market)
    .option('--units <number>', 'units of a product in an order', wholeNumber(1, 10_000), 1)
    .addOption(
      new Option('--channel <channel>', 'how it is sent').choices(['courier', 'post']).default('courier'),
    )
    .option('--freight <percent>', "freight in per cent of the goods' value", wholeNumber(0, 100), 10)
    .addOption(
      new Option('--policy <policy>', 'the rate of a code that the tariff divides')
        .choices(classificationPolicies)
        .default(undefined, "the seller's own at a backend, median for a file"),
    )
    .option(
      '--seller <file>',
      'for a file: your registrations, as PUT /v1/admin/seller takes them; every one without it',
      path,
    )
    .option(
      '--rates <file>',
      'for a file: exchange rates, as entrepot rates import csv takes them, for one euro',
      path,
    )
    .option('--date <day>', 'the day in each market; today without it', day)
    .option('--all', 'show the priced products too')
    .option('--json', 'write everything as JSON');
  withOperator(verb, 'catalogue:write')
    .addHelpText(
      'after',
      `
It ends with 1 if a product is refused in a market. docs/catalogue-import.md lists the columns.`,
    )
    .action(({ freight, json, all, url, token, data, ...values }: CheckValues) =>
      run({
        ...{ ...values, freightPercent: freight, backend: { url, token, dataDir: data } },
        ...{ format: json === true ? 'json' : 'table', all: all === true },
      }),
    );
}

function market(text: string): Country {
  const code = countrySchema.safeParse(text.trim().toUpperCase());
  if (!code.success) throw new InvalidArgumentError('It takes a country such as DE.');
  return code.data;
}

const markets = (text: string): Country[] => [...new Set(text.split(',').map(market))];
