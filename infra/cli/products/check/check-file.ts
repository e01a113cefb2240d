import { type Product, productSchema, sellerSchema } from '../../../../shared/catalogue/index.ts';
import type { SellerRegistrations } from '../../../../shared/duties/regime.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { builtinRows } from '../../../../shared/duties/rules/builtin.ts';
import { builtinVersion } from '../../../../shared/duties/rules/builtin-version.ts';
import type { Country } from '../../../../shared/kernel/country.ts';
import { issuesOf } from '../../../../shared/kernel/issues.ts';
import { plainMessage } from '../../../../shared/kernel/plain-issue.ts';
import { checkProduct } from '../../../../shared/quote/check/check-product.ts';
import type { CheckedProduct } from '../../../../shared/quote/check/checked-product.ts';
import { schedulesBeside } from '../../../../shared/runtime/tariff-files.ts';
import { type FileProblem, problemLines } from '../../files/problems.ts';
import { readTextFile } from '../../files/read-text-file.ts';
import { readCsvRates } from '../../rates/read-csv-rates.ts';
import { BadFile, readJson } from '../../terminal/bad-file.ts';
import type { Progress } from '../../terminal/progress.ts';
import type { ReadProduct } from '../read-product.ts';
import { readProductFile } from '../read-product-file.ts';
import type { CheckOptions } from './check-options.ts';
import { exchangeBy, type Rates } from './exchange-by.ts';
import { marketsOf } from './markets-of.ts';
import type { Check } from './print-check.ts';
import { USUAL_RATES_OF, unitsForEuro } from './usual-rates.ts';

/** Prices the products of a file by the repository's rules and editions. Throws {@link BadFile} for a wrong file. */
export async function checkFile(file: string, options: CheckOptions, progress: Progress): Promise<Check> {
  const products = productsIn(file);
  const markets = marketsOf(options.to);
  const { from, units, channel, freightPercent } = options;
  const policy = options.policy ?? 'median';
  const date = options.date ?? new Date().toISOString().slice(0, 10);
  const registered = options.seller === undefined ? everyRegistration(markets) : sellerIn(options.seller);
  const rates = options.rates === undefined ? unitsForEuro : ratesIn(options.rates);
  const context = {
    ...{ date, from, units, channel, freightPercent, convert: exchangeBy(rates) },
    seller: { classification: policy, ...registered },
    rules: createRuleBook(builtinRows, builtinVersion, schedulesBeside),
  };
  const step = progress.start('checking', products.length, 'products');
  const checked: CheckedProduct[] = [];
  for (const product of products) {
    for (const market of markets) checked.push(checkProduct(product, market, context));
    step.advance();
    // The progress is drawn between two products.
    await new Promise(setImmediate);
  }
  step.end();
  const about = options.rates === undefined ? `about those of ${USUAL_RATES_OF}` : options.rates;
  const terms = { date, policy, units, channel, freightPercent, rates: about, version: builtinVersion };
  return { checked, terms };
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
