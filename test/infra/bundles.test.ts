import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainName } from '../../events/names.ts';
import { type FunctionId, triggerList } from '../../events/triggers.ts';
import { builtBundles } from '../../infra/constructs/built-bundles.ts';
import { placeBundle } from '../../infra/constructs/bundling/bundle-functions.ts';

/** A function's own file, and one for all that is there before its late modules. */
const MAX_FILES_AT_START = 2;

/**
 * The maximum size of what a function loads at its start. What it loads when it is needed is not in it. The viewer of
 * the contract is left out, because no order waits for it.
 */
const LARGEST_BYTES = 648 * 1024;

/**
 * Functions that price baskets contain the code of every regime and the restrictions of every destination. They also
 * contain the registries of carriers and warehouse systems, because a lane with an unknown code is in no plan. The
 * rules of destinations lie beside the code, and a price reads those of its own.
 */
const LARGEST_WITH_RULES_BYTES = 710 * 1024;
const WITH_RULES: readonly string[] = [
  '1-quote/post-quote',
  '1-quote/post-quote-refresh',
  '1-quote/get-sellable-products',
];

/** Every shopper's first call waits for the authorizer, and partners' calls come in bursts. */
const LARGEST_AUTHORIZER_BYTES = 205 * 1024;
const LARGEST_HOOK_BYTES = 300 * 1024;

/** What asks for, makes and answers reports contains all of them, and the registrations that have their time zone. */
const LARGEST_WITH_REPORTS_BYTES = 795 * 1024;
const WITH_REPORTS: readonly string[] = [
  'reports/every-hour-ask-for-reports',
  'reports/make-report',
  'reports/get-report',
];

/** The contract has every operation, one for each report, with its examples. Only developers wait for it. */
const LARGEST_CONTRACT_BYTES = 1_200 * 1024;

/**
 * A batch of a run needs all forecast methods, the policy, S3, SQS and the table; and for what is moved between
 * warehouses the trade rules of every destination and the solver. No order waits for it.
 */
const LARGEST_WITH_FORECASTS_BYTES = 1_170 * 1024;

/** In the JavaScript of an engine. Its native code lies beside the bundle. */
const ENGINE_CODE = 'node-bindings-linux-arm64';

function largestBytes(id: FunctionId): number {
  if (id === 'operations/get-openapi') return LARGEST_CONTRACT_BYTES;
  if (id === 'replenishment/make-run-plans') return LARGEST_WITH_FORECASTS_BYTES;
  if (id === 'operations/authorise-storefront') return LARGEST_AUTHORIZER_BYTES;
  if (id.includes('/hook-')) return LARGEST_HOOK_BYTES;
  if (WITH_REPORTS.includes(id)) return LARGEST_WITH_REPORTS_BYTES;
  return WITH_RULES.includes(id) ? LARGEST_WITH_RULES_BYTES : LARGEST_BYTES;
}

const ids = triggerList.map(([id]) => id);
// Below the packages of this project, as the native code of an engine has to be found there.
mkdirSync('node_modules/.cache/entrepot', { recursive: true });
const folder = mkdtempSync(resolve('node_modules/.cache/entrepot/bundles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let bundles: ReturnType<typeof builtBundles>;
beforeAll(() => {
  bundles = builtBundles();
  // Functions read their settings when they are loaded or first called.
  Object.assign(process.env, { TABLE_NAME: 'table', BUS_NAME: 'bus', STAGE: 'test', BUILD: '0' });
  // All bundles take half a minute of one processor, which other tests share.
}, 240_000);

function bundleOf(id: FunctionId) {
  const bundle = bundles.get(id);
  if (bundle === undefined) throw new Error(`${id} was not bundled`);
  return bundle;
}

const textsOf = (id: FunctionId, isMeant: (name: string) => boolean = () => true) =>
  [...bundleOf(id).files]
    .filter(([name]) => isMeant(name))
    .map(([, content]) => Buffer.from(content).toString('utf8'))
    .join('\n');
/** Of all files, and of those that are loaded at the start. */
const textOf = (id: FunctionId) => textsOf(id);
const startOf = (id: FunctionId) => textsOf(id, (name) => bundleOf(id).atStart.includes(name));

const indexOf = (id: FunctionId) => join(folder, plainName(id), 'index.mjs');

describe('the bundled functions', () => {
  it.each(ids)('%s can be loaded as Lambda loads it', async (id) => {
    placeBundle(join(folder, plainName(id)), bundleOf(id));
    const loaded = (await import(/* @vite-ignore */ pathToFileURL(indexOf(id)).href)) as {
      handler?: unknown;
    };
    expect(loaded.handler).toBeTypeOf('function');
  });

  it.each(ids.filter((id) => id !== 'operations/get-docs'))('%s is small', (id) => {
    const { files, atStart } = bundleOf(id);
    const sizes = atStart.map((name) => files.get(name)?.length ?? 0);
    expect(sizes.reduce((sum, bytes) => sum + bytes)).toBeLessThan(largestBytes(id));
    // A file more is a read more before the first call.
    expect(sizes.length).toBeLessThanOrEqual(MAX_FILES_AT_START);
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

  it('load no adapter of a payment provider at their start', () => {
    const withAdapters = ids.filter((id) => startOf(id).includes('/v1/payment_intents'));
    // An example of the contract has such an address.
    expect(withAdapters).toEqual(['operations/get-openapi']);
    expect(ids.filter((id) => textOf(id).includes('/v1/payment_intents'))).toContain('2-order/post-order');
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
    const files = ids.map(indexOf);
    const args = ['--input-type=module', '--eval', script, ...files];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('');
  });
});

describe('an import in the middle of a file', () => {
  const imports = globSync('{shared,functions}/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bimport\(([^)\n]+)\)/g)].map(([, named = '']) => ({
      file,
      named,
    })),
  );

  it('names a module or a package, so that the bundler makes a file of it that is loaded when it is needed', () => {
    for (const { file, named } of imports)
      expect(named, file).toMatch(/^'(\.{1,2}\/[\w./-]+\.ts|[\w@/-]+)'$/);
  });

  it('is of what few invocations need: each one is a file more to read where it is needed', () => {
    expect([...new Set(imports.map(({ file }) => file))].toSorted()).toEqual([
      'functions/replenishment/make-run-plans.ts',
      'shared/lake/engine/open-engine.ts',
      'shared/payment/providers/index.ts',
      'shared/replenishment/network/solver.ts',
      'shared/reports/lake-reports.ts',
      'shared/reports/run/make-run.ts',
      'shared/runtime/deps/lake-files.ts',
      'shared/runtime/deps/lake-report-runs.ts',
      'shared/runtime/deps/lake-run-history.ts',
      'shared/runtime/deps/purchase-sending.ts',
      'shared/runtime/lake-report-page.ts',
      'shared/runtime/origin-proof.ts',
      'shared/runtime/print-late.ts',
    ]);
  });
});
