import { describe, expect, it } from 'vitest';
import {
  createRuleBooks,
  importRules,
  type OwnRules,
  type RuleStore,
} from '../../../shared/duties/rule-import/index.ts';
import { builtinRuleBook } from '../../../shared/duties/rules/builtin.ts';
import { assessed, sums } from '../../builders/assess.ts';

/** Keeps the rules in memory, as the table does. */
function memoryStore(): RuleStore & { readonly reported: unknown[] } {
  const kept: OwnRules[] = [];
  const reported: unknown[] = [];
  return {
    reported,
    current: async () => kept.at(-1),
    at: async (version) => kept.find((rules) => rules.version === version),
    async replace(rules, { previous, reported: update }) {
      if (kept.at(-1)?.version !== previous) return 'moved-on';
      kept.push(rules);
      reported.push(update);
      return 'replaced';
    },
  };
}

const now = '2026-12-01T00:00:00.000Z';
const builtin = builtinRuleBook.rowsOf;

/** A catalogue of three products that lists at most two. */
const catalogue = { HANDBAG: '420221', SHIRT: '610910', VEST: '610990' };
const skusOf = async (prefixes: readonly string[]) => {
  const named = Object.entries(catalogue)
    .filter(
      ([, code]) => prefixes.length === 0 || prefixes.some((prefix) => code.startsWith(prefix.slice(0, 6))),
    )
    .map(([sku]) => sku);
  return { skus: named.slice(0, 2), areAll: named.length <= 2 };
};
const gst = (over: object = {}) => ({
  id: 'au-gst-11',
  kind: 'tax-rate',
  regime: 'au',
  code: 'gst',
  rate: '11',
  validFrom: '2027-07-01',
  law: 'an amendment of s. 9-70 for this test',
  provenance: 'published',
  confidence: 'high',
  ...over,
});
const ended = {
  ...builtinRuleBook.rows.find(({ id }) => id === 'au-gst-10'),
  validTo: '2027-06-30',
};
const basket = {
  to: 'AU',
  currency: 'AUD' as const,
  seller: { taxNumbers: { AU: '51824753556' } },
  goods: [{ hsCode: '610910', value: 100_00 }],
  freight: 0,
};

describe('the import of trade rules', () => {
  it('lists the changes for each destination, and stores nothing in a dry run', async () => {
    const store = memoryStore();
    const outcome = await importRules(
      store,
      { rows: [ended, gst()] },
      { now, dryRun: true, builtin, skusOf },
    );
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        changes: [
          {
            ruleId: 'au-gst-10',
            change: 'changed',
            destinations: ['AU'],
            fields: [{ field: 'validTo', after: '"2027-06-30"' }],
          },
          { ruleId: 'au-gst-11', change: 'added', destinations: ['AU'] },
        ],
      },
    });
    expect(await store.current()).toBeUndefined();
    expect(store.reported).toEqual([]);
  });

  it('applies a rate of next year from its first day only, and one event reports the import', async () => {
    const store = memoryStore();
    await importRules(store, { rows: [ended, gst()] }, { now, dryRun: false, builtin, skusOf });
    const rules = await createRuleBooks(store, builtinRuleBook).current();
    const tax = (date: string) => sums(assessed({ ...basket, date, rules })).tax;
    expect(tax('2027-06-30')).toBe(10_00);
    expect(tax('2027-07-01')).toBe(11_00);
    expect(rules.version).not.toBe(builtinRuleBook.version);
    expect(store.reported).toEqual([
      {
        version: rules.version,
        previousVersion: builtinRuleBook.version,
        destinations: ['AU'],
        // A rate for all goods.
        goods: [],
        skus: ['HANDBAG', 'SHIRT'],
        moreSkus: true,
        added: 1,
        changed: 1,
      },
    ]);
  });

  it('lists the products that the rules concern', async () => {
    const store = memoryStore();
    const rate = (id: string, hsPrefix: string) => ({
      ...{
        id,
        kind: 'tariff-line',
        regime: 'au',
        tariff: 'au',
        hsPrefix,
        goods: 'Goods of a test',
        rate: '5',
      },
      ...{ validFrom: '2001-01-01', validTo: '2001-12-31', law: 'a law of this test' },
      ...{ provenance: 'published', confidence: 'high' },
    });
    const rows = [rate('au-a', '61091000'), rate('au-b', '62')];
    await importRules(store, { rows }, { now, dryRun: false, builtin, skusOf });
    expect(store.reported).toMatchObject([{ goods: ['61091000', '62'], skus: ['SHIRT'], moreSkus: false }]);
    // One of the rows is about all goods, so all products are concerned.
    const tax = { ...ended, id: 'au-c', validFrom: '1999-01-01', validTo: '1999-12-31' };
    await importRules(store, { rows: [rate('au-d', '63'), tax] }, { now, dryRun: false, builtin, skusOf });
    expect(store.reported.at(-1)).toMatchObject({ goods: [], moreSkus: true });
  });

  it('refuses the whole file if one row is bad, and names the row and the field', async () => {
    const store = memoryStore();
    const rows = [
      ended,
      gst({ rate: 'eleven' }),
      gst({ id: 'au-gst-12', rate: '119' }),
      gst({ id: 'au-gst-13', regime: 'xx' }),
    ];
    expect(await importRules(store, { rows }, { now, dryRun: false, builtin, skusOf })).toEqual({
      ok: false,
      error: {
        reason: 'bad-rows',
        problems: [
          { row: 1, field: 'rate', detail: 'a percentage below 100 as a decimal string' },
          { row: 2, field: 'rate', detail: 'a percentage below 100 as a decimal string' },
          { row: 3, field: 'regime', detail: expect.stringContaining('xx is no regime') },
        ],
      },
    });
    expect(await store.current()).toBeUndefined();
  });

  it('refuses two rules for the same subject on one day', async () => {
    const outcome = await importRules(
      memoryStore(),
      { rows: [gst()] },
      { now, dryRun: false, builtin, skusOf },
    );
    expect(outcome).toMatchObject({
      ok: false,
      error: { problems: [{ row: 0, field: 'validFrom', detail: expect.stringContaining('au-gst-10') }] },
    });
  });

  it('changes and reports nothing if the rules are already in force', async () => {
    const store = memoryStore();
    const file = { rows: [{ ...builtinRuleBook.rows[0] }] };
    const outcome = await importRules(store, file, { now, dryRun: false, builtin, skusOf });
    expect(outcome).toMatchObject({ ok: true, value: { changes: [] } });
    expect(store.reported).toEqual([]);
  });
});
