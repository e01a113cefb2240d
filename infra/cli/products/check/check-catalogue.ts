import { type Product, productSchema, sellerSchema } from '../../../../shared/catalogue/index.ts';
import type { SellerRegistrations } from '../../../../shared/duties/regime.ts';
import { regimes } from '../../../../shared/duties/regimes/index.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { builtinRows } from '../../../../shared/duties/rules/builtin.ts';
import { builtinVersion } from '../../../../shared/duties/rules/builtin-version.ts';
import type { Country } from '../../../../shared/kernel/country.ts';
import { issuesOf } from '../../../../shared/kernel/issues.ts';
import { plainMessage } from '../../../../shared/kernel/plain-issue.ts';
import { schedulesBeside } from '../../../../shared/runtime/tariff-files.ts';
import { type FileProblem, problemLines } from '../../files/problems.ts';
import { readTextFile } from '../../files/read-text-file.ts';
import { readCsvRates } from '../../rates/read-csv-rates.ts';
import { BadFile, readJson } from '../../terminal/bad-file.ts';
import type { Progress } from '../../terminal/progress.ts';
import type { ReadProduct } from '../read-product.ts';
import { readProductFile } from '../read-product-file.ts';
import type { CheckOptions } from './check-options.ts';
import { type Checked, checkProduct } from './check-products.ts';
import { exchangeBy, type Rates } from './exchange-by.ts';
import { checkJson, checkText } from './print-check.ts';
import { USUAL_RATES_OF, unitsForEuro } from './usual-rates.ts';

/**
 * Says for each product of a file and each market whether it is priced, by the repository's rules and editions. Gives
 * whether all are. Throws {@link BadFile} with one line for each error of a file; then nothing is checked.
 */
export async function checkCatalogue(
  options: CheckOptions,
  { progress, say }: { readonly progress: Progress; readonly say: (text: string) => void },
): Promise<boolean> {
  const products = productsIn(options.file);
  const markets = marketsOf(options.to);
  const { date, from, units, channel, freightPercent, policy } = options;
  const registered = options.seller === undefined ? everyRegistration(markets) : sellerIn(options.seller);
  const rates = options.rates === undefined ? unitsForEuro : ratesIn(options.rates);
  const context = {
    ...{ date, from, units, channel, freightPercent, convert: exchangeBy(rates) },
    seller: { classification: policy, ...registered },
    rules: createRuleBook(builtinRows, builtinVersion, schedulesBeside),
  };
  const step = progress.start('checking', products.length, 'products');
  const checked: Checked[] = [];
  for (const product of products) {
    for (const market of markets) checked.push(checkProduct(product, market, context));
    step.advance();
    // The progress is drawn between two products.
    await new Promise(setImmediate);
  }
  step.end();
  const about = options.rates === undefined ? `about those of ${USUAL_RATES_OF}` : options.rates;
  const terms = { date, policy, units, channel, freightPercent, rates: about, version: builtinVersion };
  say(options.format === 'json' ? checkJson(checked, terms) : checkText(checked, terms, options.all));
  return checked.every(({ outcome }) => outcome !== 'refused');
}

/** The markets that were asked for; all destinations if none was. Throws an Error that names those that are none. */
function marketsOf(asked: readonly Country[]): readonly Country[] {
  const destinations = regimes.flatMap(({ countries }) => countries);
  const unknown = asked.filter((country) => !destinations.includes(country));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no destination of these rules`);
  return asked.length > 0 ? asked : destinations;
}

function productsIn(path: string): Product[] {
  const read = readProductFile(path);
  const results = read.map((each) => ({
    each,
    parsed: productSchema.safeParse(each.product, { error: plainMessage }),
  }));
  const problems = results.flatMap(({ each, parsed }) =>
    parsed.success ? [] : problemsIn(each, parsed.error),
  );
  if (problems.length > 0) throw new BadFile(problemLines(path, problems).join('\n'));
  return results.flatMap(({ parsed }) => (parsed.success ? [parsed.data] : []));
}

const problemsIn = (
  { line, columnOf }: ReadProduct,
  { issues }: { readonly issues: Parameters<typeof issuesOf>[0] },
): FileProblem[] =>
  issuesOf(issues).map(({ path, message }) => ({
    line,
    reason: `${columnOf(path.map((part) => `/${String(part)}`).join(''))}: ${message}`,
  }));

function sellerIn(path: string): SellerRegistrations {
  const parsed = sellerSchema.safeParse(readJson(path, readTextFile(path)), { error: plainMessage });
  if (parsed.success) return parsed.data;
  const problems = issuesOf(parsed.error.issues).map(({ path: at, message }) => ({
    line: 1,
    reason: `${at.join('.')}: ${message}`,
  }));
  throw new BadFile(problemLines(path, problems).join('\n'));
}

/** A seller with every registration that a regime asks for: what is refused then is refused for other reasons. */
const everyRegistration = (markets: readonly Country[]): SellerRegistrations => ({
  ...{ ioss: 'IM2760000001', gbVat: 'GB123456789', importer: { US: '12-3456789' } },
  taxNumbers: Object.fromEntries(markets.map((country) => [country, 'SAMPLE-0001'])),
});

function ratesIn(path: string): Rates {
  const read = readCsvRates(readTextFile(path));
  if (!read.ok) throw new BadFile(problemLines(path, read.errors).join('\n'));
  const tables = read.value.filter(({ base }) => base === 'EUR');
  return Object.assign({ EUR: '1' }, ...tables.map(({ rates }) => rates));
}
