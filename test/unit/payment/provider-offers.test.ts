import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { isCalendarDate } from '../../../shared/kernel/time.ts';
import { listFees } from '../../../shared/payment/providers/fees.ts';
import { loadPaymentProviders, paymentProviders } from '../../../shared/payment/providers/index.ts';
import { providerOffers } from '../../../shared/payment/providers/offers.ts';

describe('the table of what providers offer', () => {
  it('has each provider of the registry, in its order and with its methods', async () => {
    const providers = await loadPaymentProviders();
    expect(providerOffers).toEqual(providers.map(({ code, methods }) => ({ code, methods })));
    expect(paymentProviders.map(({ code }) => code)).toEqual(providers.map(({ code }) => code));
  });

  it.each(['1-quote/post-quote', '4-screening/post-decision', 'setup/put-seller'])(
    'is all that %s has of the providers',
    async (id) => {
      const { metafile } = await build({
        entryPoints: [`functions/${id}.ts`],
        ...{ bundle: true, write: false, metafile: true, outdir: 'unused', logLevel: 'silent' },
        ...{ platform: 'node', format: 'esm', packages: 'external' },
        loader: { '.html': 'text', '.json': 'json', '.csv': 'text' },
      });
      const adapters = Object.keys(metafile.inputs).filter((path) =>
        /providers\/[^/]+\/adapter\.ts$/.test(path),
      );
      expect(adapters).toEqual([]);
    },
  );
});

describe('the fees that providers publish', () => {
  const rows = Object.entries(listFees).flatMap(([code, fees]) => fees.map((fee) => ({ code, ...fee })));

  it.each(rows)('$code: $percent % from $from is of its methods, exact and with its source', (row) => {
    const methods = providerOffers.find(({ code }) => code === row.code)?.methods ?? [];
    for (const method of row.methods ?? []) expect(methods.map((one) => one.method)).toContain(method);
    expect(row.percent).toMatch(/^\d{1,2}(\.\d{1,4})?$/);
    expect([row.from, row.until ?? row.from].every((day) => isCalendarDate(day))).toBe(true);
    expect(row.source).toMatch(/^[a-z]+(\.[a-z]+)+\/?.*(\d{4}-\d{2}-\d{2})$/);
    expect(Object.values(row.fixedMinor).every((minor) => Number.isSafeInteger(minor) && minor >= 0)).toBe(
      true,
    );
  });
});
