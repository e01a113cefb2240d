import { describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem, type Call } from '../../../../infra/cli/client/api-client.ts';
import { addCosts } from '../../../../infra/cli/costs/costs-command.ts';
import type { CostKind, CostsOptions } from '../../../../infra/cli/costs/costs-options.ts';
import { importCosts } from '../../../../infra/cli/costs/import-costs.ts';
import { readCosts } from '../../../../infra/cli/costs/read-costs.ts';
import { parseLine } from '../parse-line.ts';

const HEAD = 'sku,validFrom,purchase,currency,firstLeg,firstLegCurrency';
const file = (...lines: string[]) => `${[HEAD, ...lines].join('\r\n')}\r\n`;

describe('a file of costs', () => {
  it('is read by the names of its columns, with amounts in minor units of their currency', () => {
    const read = readCosts(
      'purchase',
      file('MUG,2026-01-01,14.50,CNY,0.32,EUR', '', 'HAT,2026-01-01,912,JPY,80,', 'PEN,2026-02-01,0.5,eur,,'),
    );

    expect(read).toEqual({
      ok: true,
      costs: [
        {
          line: 2,
          body: {
            ...{ sku: 'MUG', validFrom: '2026-01-01', purchase: { amount: 1450, currency: 'CNY' } },
            firstLeg: { amount: 32, currency: 'EUR' },
          },
        },
        {
          line: 4,
          body: {
            ...{ sku: 'HAT', validFrom: '2026-01-01', purchase: { amount: 912, currency: 'JPY' } },
            firstLeg: { amount: 80, currency: 'JPY' },
          },
        },
        // A first leg that is not known is left out, and is not zero.
        { line: 5, body: { sku: 'PEN', validFrom: '2026-02-01', purchase: { amount: 50, currency: 'EUR' } } },
      ],
    });
  });

  it('may be of marketing, in the format of a German spreadsheet', () => {
    const text =
      'sep=;\r\nStorefrontId;Market;CHANNEL;day;Amount;currency\r\nshop;de;search;2026-01-15;1.234,50;eur\r\n;;;;;\r\n';

    expect(readCosts('marketing', text)).toEqual({
      ok: true,
      costs: [
        {
          line: 3,
          body: {
            ...{ storefrontId: 'shop', market: 'DE', channel: 'search', day: '2026-01-15' },
            amount: { amount: 123_450, currency: 'EUR' },
          },
        },
      ],
    });
  });

  it('names every amount and currency that is wrong with its line and column', () => {
    const read = readCosts(
      'purchase',
      file('A,2026-01-01,1.234,EUR,-1,EUR', 'B,2026-01-01,,EUR,,', 'C,2026-01-01,1,XXX,1,'),
    );

    expect(read.ok ? [] : read.errors.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '2: purchase: "1.234" is not an amount of EUR',
      '2: firstLeg: "-1" is not an amount of EUR',
      '3: purchase: "" is not an amount of EUR',
      '4: currency: "XXX" is not a known currency',
      '4: currency: "XXX" is not a known currency',
    ]);
    const empty = readCosts('marketing', HEAD);
    expect(empty).toMatchObject({
      errors: [{ line: 1, reason: 'missing columns: storefrontId, market, channel, day, amount' }],
    });
    expect(readCosts('purchase', HEAD)).toMatchObject({
      errors: [{ line: 1, reason: 'the file has only a header' }],
    });
  });
});

describe('the import of costs', () => {
  /** A backend that knows the product MUG alone, refuses BAD, and may break at a request that stores. */
  async function run(text: string, { kind = 'purchase' as CostKind, dryRun = false, breaksAt = 0 } = {}) {
    const calls: { dryRun: boolean; costs: number }[] = [];
    const said: string[] = [];
    const client: ApiClient = {
      async call<T>({ body, path }: Call): Promise<T> {
        const sent = body as { dryRun: boolean; purchase: { sku: string }[] };
        calls.push({ dryRun: sent.dryRun, costs: sent.purchase.length });
        const stores = calls.filter((call) => !call.dryRun).length;
        if (!sent.dryRun && stores === breaksAt) throw new Error('the line was cut');
        const bad = sent.purchase.flatMap(({ sku }, index) =>
          sku === 'BAD' ? [{ pointer: `/purchase/${index}/validFrom`, detail: 'no such day' }] : [],
        );
        if (bad.length > 0) throw new ApiProblem(path, 422, { errors: bad });
        const warnings = sent.purchase.flatMap(({ sku }, index) =>
          sku.startsWith('MUG') ? [] : [{ pointer: `/purchase/${index}/sku`, detail: `no product ${sku}` }],
        );
        return { added: sent.purchase.length, changed: 0, unchanged: 0, warnings } as T;
      },
    };
    const options = { kind, file: 'costs.csv', dryRun };
    const done = importCosts(
      options,
      text,
      async () => client,
      (line) => void said.push(line),
    );
    return { isWell: await done.catch(String), calls, said };
  }
  const mugs = Array.from({ length: 150 }, (_, index) => `MUG-${index},2026-01-01,1,EUR,,`);

  it('checks all lines first, then stores them in parts', async () => {
    const { isWell, calls, said } = await run(file(...mugs, 'HAT,2026-01-01,1,EUR,,'));

    expect(isWell).toBe(true);
    expect(calls).toEqual([
      { dryRun: true, costs: 100 },
      { dryRun: true, costs: 51 },
      { dryRun: false, costs: 100 },
      { dryRun: false, costs: 51 },
    ]);
    expect(said).toEqual([
      'warning: costs.csv:152: sku: no product HAT',
      'Stored: 151 added, 0 changed, 0 unchanged',
    ]);
  });

  it('stores nothing in a dry run, or if a line is wrong or there twice', async () => {
    const dry = await run(file(...mugs), { dryRun: true });
    const wrong = await run(file(...mugs, 'BAD,2026-02-30,1,EUR,,'));
    const twice = await run(file('MUG-1,2026-01-01,1,EUR,,', 'MUG-1,2026-01-01,2,EUR,,'));

    expect(dry.said).toEqual(['This was a dry run. Nothing was stored: 150 added, 0 changed, 0 unchanged']);
    expect(wrong).toMatchObject({
      isWell: false,
      said: ['costs.csv:152: validFrom: no such day', '1 error: nothing was stored'],
    });
    expect(twice).toMatchObject({
      ...{ isWell: false, calls: [] },
      said: ['costs.csv:3: line 2 has the same sku, validFrom', '1 error: nothing was stored'],
    });
    for (const { calls } of [dry, wrong]) expect(calls.every((call) => call.dryRun)).toBe(true);
  });

  it('says what is stored where it was cut off', async () => {
    const { isWell, said } = await run(file(...mugs), { breaksAt: 2 });

    expect(isWell).toBe('Error: the line was cut');
    expect(said).toEqual([
      'The first 100 costs are stored and stay stored: import the file again to store the rest.',
    ]);
  });

  it('is started by its command line', () => {
    const read = (...args: readonly string[]) =>
      parseLine<CostsOptions>(['costs', 'import', ...args], (program, give) =>
        addCosts(program, async (options) => give(options)),
      );

    expect(read('marketing', 'may.csv', '--dry-run', '--token', 't')).toEqual({
      ...{ kind: 'marketing', file: 'may.csv', dryRun: true },
      ...{ url: 'http://127.0.0.1:3000', token: 't', dataDir: '.local' },
    });
    expect(() => read('rent', 'may.csv')).toThrow("'rent' is invalid");
  });
});
