import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
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
