import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { triggerList } from '../../events/triggers.ts';
import { findSandboxPartners } from '../../infra/sandbox/registry.ts';
import { brokers } from '../../shared/customs/brokers/index.ts';
import { paymentProviders } from '../../shared/payment/providers/index.ts';
import { carriers } from '../../shared/shipping/carriers/index.ts';
import { warehouseSystems } from '../../shared/warehouse/systems/index.ts';
import { filesUnder } from './sources.ts';

const registries = [
  { folder: 'shared/payment/providers', kind: 'payment', plugIns: paymentProviders },
  { folder: 'shared/shipping/carriers', kind: 'carrier', plugIns: carriers },
  { folder: 'shared/customs/brokers', kind: 'customs', plugIns: brokers },
  { folder: 'shared/warehouse/systems', kind: 'warehouse', plugIns: warehouseSystems },
] as const;

/** Every registered plug-in and its folder. */
const plugIns = registries.flatMap(({ folder, kind, plugIns: entries }) =>
  entries.map(({ code }) => ({ code, kind, folder, home: `${folder}/${code}/` })),
);

/** The one file that chooses partners: the sample shop needs some, as every shop does. */
const CHOICE = 'infra/cli/sample-shop/sample-partners.ts';

/** Codes that are also words of the trade. They name a partner only if the whole text is the code. */
const TRADE_WORDS = new Set(['broker']);

/** Finds the name of a partner in a text: `EasyPost`, `stripeUrl`, but not another word such as `stripey`. */
function namePattern(code: string): RegExp {
  if (TRADE_WORDS.has(code)) return new RegExp(`['"\`]${code}['"\`]`);
  const letters = [...code].map((letter) => `[${letter}${letter.toUpperCase()}]`);
  return new RegExp(`\\b${letters.join('')}(?![a-z])`);
}

describe('a plug-in is one folder and one entry of its registry', () => {
  it('has the same name in the registry, in its folder and in the sandbox', async () => {
    const partners = await findSandboxPartners();
    const registered = plugIns.map(({ code, kind }) => `${kind} ${code}`).sort();
    expect(partners.map(({ code, kind }) => `${kind} ${code}`).sort()).toEqual(registered);
    for (const { folder, plugIns: entries } of registries) {
      const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
      expect(folders.map(({ name }) => name).sort()).toEqual(entries.map(({ code }) => code).sort());
    }
  });

  it('has all fixtures for its contract tests beside its adapter', () => {
    const files = ['adapter.ts', 'sandbox/partner.ts', 'fixtures/contract.ts', 'README.md'];
    const missing = plugIns
      .flatMap(({ home }) => files.map((file) => join(home, file)))
      .filter((file) => !existsSync(file));
    expect(missing).toEqual([]);
  });

  it.each(plugIns)('$kind/$code is named nowhere else in the product', ({ code, home, folder }) => {
    // The tables of offers and of published fees are the registry without the adapters.
    const registry = [`${folder}/index.ts`, `${folder}/offers.ts`, `${folder}/fees.ts`];
    const sources = filesUnder(['functions', 'shared', 'events', 'infra'], ['.ts', '.mjs', '.html']).filter(
      ({ path }) => !path.startsWith(home) && !registry.includes(path) && path !== CHOICE,
    );
    // The folder of another plug-in may name this one.
    const others = plugIns.filter((other) => other.code !== code).map((other) => other.home);
    const naming = sources.filter(
      ({ path, text }) => !others.some((other) => path.startsWith(other)) && namePattern(code).test(text),
    );
    expect(naming.map(({ path }) => path)).toEqual([]);
  });
});

describe('the deployed code', () => {
  it('contains no sandbox, no fixture and no test', async () => {
    const entries = triggerList.map(([id]) => `functions/${id}.ts`);
    const { metafile } = await build({
      entryPoints: entries,
      bundle: true,
      write: false,
      metafile: true,
      outdir: 'unused',
      platform: 'node',
      format: 'esm',
      packages: 'external',
      loader: { '.html': 'text', '.json': 'json', '.csv': 'text' },
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((path) => basename(path) === 'adapter.ts')).toHaveLength(plugIns.length);
    expect(inputs.filter((path) => /\/(sandbox|fixtures)\/|^(infra|test)\//.test(path))).toEqual([]);
  });
});
