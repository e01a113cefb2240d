import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainName } from '../../events/names.ts';
import { type FunctionId, type Trigger, triggerList } from '../../events/triggers.ts';
import { bundleFunctions } from '../../infra/constructs/bundle.ts';

/** The maximum size of a minified bundle. The viewer of the contract is left out, because no order waits for it. */
const LARGEST_BYTES = 640 * 1024;

/**
 * Functions that price baskets contain the trade rules and restrictions of every destination. They also contain the
 * registries of carriers and warehouse systems, because a lane with an unknown code is in no plan. A third of it is
 * data, which is parsed and not compiled: without it the bundle takes the same time to load but for some milliseconds.
 */
const LARGEST_WITH_RULES_BYTES = 960 * 1024;
const WITH_RULES: readonly string[] = [
  '1-quote/post-quote',
  '1-quote/post-quote-refresh',
  '1-quote/get-sellable-products',
];

/** Functions that show or check trade rules contain those of every destination, and nothing else that prices need. */
const LARGEST_OF_RULES_BYTES = 720 * 1024;
const OF_RULES: readonly string[] = ['setup/get-rules', 'setup/post-rules-import'];

/**
 * Every shopper's first call waits for the authorizer, and partners' calls come in bursts. 27 KB of the authorizer is
 * the client of the secrets, which only a stage behind CloudFront evaluates.
 */
const LARGEST_AUTHORIZER_BYTES = 225 * 1024;
const LARGEST_HOOK_BYTES = 300 * 1024;

/**
 * The hook of payments, and the functions that start, capture and refund payments, have every payment provider, which
 * is about 14 KB each. A quote has the table of what they offer alone. An `import()` of the one that is needed would
 * wrap all that it shares with the rest, so that more is compiled. The hook loads in 0.98 of the bare client's time
 * (`npm run bench -- payment`).
 */
const LARGEST_PAYMENT_HOOK_BYTES = 420 * 1024;
const LARGEST_WITH_PROVIDERS_BYTES = 720 * 1024;
const WITH_PROVIDERS: readonly string[] = [
  '2-order/post-order',
  '2-order/post-payment',
  '4-screening/post-decision',
  'operations/every-day-close-books',
];

/**
 * What asks for reports contains all of them, and the registrations that have their time zone. What makes reports also
 * has the library that draws. What answers them has it as a compressed text: a page is written again in the locale of
 * its reader.
 */
const LARGEST_WITH_REPORTS_BYTES = 790 * 1024;
const LARGEST_WITH_DRAWINGS_BYTES = 1_500 * 1024;
const LARGEST_WITH_LATE_DRAWINGS_BYTES = 1_080 * 1024;

/**
 * What prints evidence for disputes has a library for it, with its shaping of letters and a font, as a compressed text
 * that is loaded when something is printed.
 */
const LARGEST_WITH_PRINTING_BYTES = 1_500 * 1024;
const WITH_PRINTING: readonly string[] = [
  '3-payment/get-dispute-evidence',
  '3-payment/post-dispute-evidence',
  '3-payment/on-order-stopped',
];

/** The contract has every operation, one for each report, with its examples. */
const LARGEST_CONTRACT_BYTES = 1_050 * 1024;

/**
 * A batch of a run needs all forecast methods, the policy, S3, SQS and the table; and for what is moved between
 * warehouses the trade rules of every destination and the solver. No order waits for it.
 */
const LARGEST_WITH_FORECASTS_BYTES = 1_250 * 1024;

/** Functions with an engine contain its JavaScript; its native code lies beside the bundle. */
const LARGEST_WITH_ENGINE_BYTES = 900 * 1024;
const ENGINE_CODE = 'node-bindings-linux-arm64';

function largestBytes(id: FunctionId, { engine }: Trigger): number {
  if (id === 'reports/make-report') return LARGEST_WITH_DRAWINGS_BYTES;
  if (id === 'reports/get-report') return LARGEST_WITH_LATE_DRAWINGS_BYTES;
  if (id === 'operations/get-openapi') return LARGEST_CONTRACT_BYTES;
  if (id === 'reports/every-hour-ask-for-reports') return LARGEST_WITH_REPORTS_BYTES;
  if (id === 'replenishment/make-run-plans') return LARGEST_WITH_FORECASTS_BYTES;
  if (engine !== undefined) return LARGEST_WITH_ENGINE_BYTES;
  if (id === 'operations/authorise-storefront') return LARGEST_AUTHORIZER_BYTES;
  if (id === '3-payment/hook-payment') return LARGEST_PAYMENT_HOOK_BYTES;
  if (WITH_PRINTING.includes(id)) return LARGEST_WITH_PRINTING_BYTES;
  if (WITH_PROVIDERS.includes(id)) return LARGEST_WITH_PROVIDERS_BYTES;
  if (id.includes('/hook-')) return LARGEST_HOOK_BYTES;
  if (OF_RULES.includes(id)) return LARGEST_OF_RULES_BYTES;
  return WITH_RULES.includes(id) ? LARGEST_WITH_RULES_BYTES : LARGEST_BYTES;
}

const ids = triggerList.map(([id]) => id);
// Below the packages of this project, as the native code of an engine has to be found there.
mkdirSync('node_modules/.cache/entrepot', { recursive: true });
const folder = mkdtempSync(resolve('node_modules/.cache/entrepot/bundles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let bundles: ReadonlyMap<string, Uint8Array>;
beforeAll(() => {
  bundles = bundleFunctions(ids);
  // Functions read their settings when they are loaded or first called.
  Object.assign(process.env, { TABLE_NAME: 'table', BUS_NAME: 'bus', STAGE: 'test', BUILD: '0' });
});

const textOf = (id: FunctionId) => Buffer.from(bundles.get(id) ?? []).toString('utf8');

describe('the bundled functions', () => {
  it.each(ids)('%s can be loaded as Lambda loads it', async (id) => {
    const file = join(folder, `${plainName(id)}.mjs`);
    writeFileSync(file, textOf(id));
    const loaded = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { handler?: unknown };
    expect(loaded.handler).toBeTypeOf('function');
  });

  it.each(triggerList.filter(([id]) => id !== 'operations/get-docs'))('%s is small', (id, trigger) => {
    expect(bundles.get(id)?.length).toBeLessThan(largestBytes(id, trigger));
  });

  it.each(ids)('%s does not contain code that no function uses', (id) => {
    const text = textOf(id);
    // `import { z }` would include zod's error texts in forty languages. `import * as z` does not.
    expect(text.includes('Ongeldig'), 'zod in all languages').toBe(false);
    expect(text.includes('fromSSO'), 'credentials of single sign-on').toBe(false);
    expect(text.includes('cdk-lib'), 'the CDK').toBe(false);
    expect(text.includes('EventStreamSerde('), 'event streams').toBe(false);
    if (id !== 'operations/get-docs') expect(text.includes('json-schema.org'), 'JSON Schemas').toBe(false);
    expect(text.includes('finds orders whose next step is late'), 'texts of the table of triggers').toBe(
      false,
    );
    if (id.includes('/hook-')) expect(text.includes('dynamodb'), 'the client of the table').toBe(false);
    if (id === 'operations/authorise-storefront') expect(text.includes('ZodString'), 'Zod').toBe(false);
  });

  it.each(triggerList)('%s has the code of an engine if its trigger names one', (id, { engine }) => {
    expect(textOf(id).includes(ENGINE_CODE)).toBe(engine !== undefined);
  });

  it('construct no schema while they are loaded', () => {
    // A schema with an id is entered in a registry of the process when it is constructed.
    const script = `
      import { pathToFileURL } from 'node:url';
      let known = 0;
      for (const file of process.argv.slice(1)) {
        await import(pathToFileURL(file).href);
        const size = globalThis.__zod_globalRegistry?._idmap.size ?? 0;
        if (size > known) console.log(file);
        known = size;
      }
      process.exit(0);`;
    const files = ids.map((id) => join(folder, `${plainName(id)}.mjs`));
    const args = ['--input-type=module', '--eval', script, ...files];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('');
  });
});

describe('an import in the middle of a file', () => {
  const files = globSync('{shared,functions}/**/*.ts');
  const filesWith = (text: RegExp) => files.filter((file) => text.test(readFileSync(file, 'utf8')));

  it('is in the authorizer alone, where the bundler wraps what it shares with the rest, or of a late module', () => {
    expect(filesWith(/\bimport\(/).toSorted()).toEqual([
      'shared/replenishment/network/solver.ts',
      'shared/runtime/lake-report-page.ts',
      'shared/runtime/origin-proof.ts',
      'shared/runtime/print-late.ts',
    ]);
    expect(readFileSync('shared/runtime/lake-report-page.ts', 'utf8').match(/import\(.*\)/g)).toEqual([
      "import('../reports/page/chart-svg.ts')",
    ]);
    expect(filesWith(/from '.*\/origin-proof\.ts'/)).toEqual(['shared/runtime/deps/known-storefront.ts']);
    expect(filesWith(/from '.*\/known-storefront\.ts'/)).toEqual([
      'functions/operations/authorise-storefront.ts',
    ]);
  });
});
