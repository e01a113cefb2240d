import { describe, expect, it } from 'vitest';
import { unclearNames, unclearPhrases, wordingsIn } from './plain-words.ts';
import { sourcesUnder } from './sources.ts';

const product = sourcesUnder('functions', 'shared', 'events', 'infra');
/** The rules: everything under shared/ that is neither AWS nor runtime nor a plug-in's sandbox. */
const domain = sourcesUnder('shared').filter(
  ({ path }) => !/^shared\/(aws|runtime)\/|\/(sandbox|fixtures)\//.test(path),
);

/** Lines of code that match, as `path:line`. Comments are left out. */
function lines(sources: typeof product, pattern: RegExp): string[] {
  return sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .map((line, index) => ({ line, place: `${path}:${index + 1}` }))
      .filter(({ line }) => !/^\s*(\/?\*|\/\/)/.test(line) && pattern.test(line))
      .map(({ place }) => place),
  );
}

describe('house rules', () => {
  it('the domain receives time and random numbers as arguments', () => {
    expect(lines(domain, /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/)).toEqual([]);
  });

  it('no amount is a floating-point number', () => {
    expect(lines(domain, /\bparseFloat\(|\.toFixed\(/)).toEqual([]);
  });

  it('no amount is divided except by the exact division of the kernel', () => {
    // A unit of a partner that is a tenth of ours, checked to be whole; bounds of freight that are charged to nobody.
    const exempt = /^shared\/(payment\/providers\/(stripe|adyen)\/currencies|freight\/ship-consignment)\.ts:/;
    const money = /(amount|minor|price|duty|tax|fee|value|goods)\w*(\)| \* [\d_]+\))? \/ [\w(]/i;
    expect(lines(domain, money).filter((place) => !exempt.test(place))).toEqual([]);
  });

  it('what functions of one thread share on one machine holds nothing of one function', () => {
    const common = sourcesUnder('shared', 'events').filter(({ path }) => !path.startsWith('shared/runtime/'));
    const isSandbox = (place: string) => /\/(sandbox|fixtures)\//.test(place);
    expect(lines(common, /\bprocess\.env\b/).filter((place) => !isSandbox(place))).toEqual([]);
    const madeAtLoad = /^(export )?(const|let) .*\b(new \w*(Client|Logger)\b|once\()/;
    expect(lines(common, madeAtLoad).filter((place) => !isSandbox(place))).toEqual([]);
  });

  it('functions and rules do not write to the console', () => {
    expect(lines([...sourcesUnder('functions', 'events'), ...domain], /\bconsole\./)).toEqual([]);
  });

  it('a file holds one thing: no file is over 300 lines, and most fit on one screen', () => {
    const lengths = product.map(({ path, text }) => ({ path, length: text.split('\n').length }));
    expect(lengths.filter(({ length }) => length > 301)).toEqual([]);
    const sorted = lengths.map(({ length }) => length).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(100);
  });

  it('no comment is wider than 120 columns', () => {
    // Left out: tables, addresses that have no other place to be broken, and the wire descriptions of the sandboxes.
    const exempt = /^\s*\* \||https?:\/\//;
    const unwrapped =
      /^(events\/generated|infra\/sandbox)\/|\/sandbox\/|^shared\/quote\/sellable-products\.ts$/;
    const wide = [...product, ...sourcesUnder('test')]
      .filter(({ path }) => !unwrapped.test(path))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .map((line, index) => ({ line, place: `${path}:${index + 1}` }))
          .filter(({ line }) => /^\s*(\/?\*|\/\/)/.test(line) && line.length > 120 && !exempt.test(line)),
      );
    expect(wide.map(({ place }) => place)).toEqual([]);
  });

  it('file names are in kebab-case, and no folder has a catch-all name', () => {
    const paths = product.map(({ path }) => path);
    expect(paths.filter((path) => !/\/([a-z0-9]+-)*[a-z0-9]+(\.d)?\.ts$/.test(path))).toEqual([]);
    expect(paths.filter((path) => /\/(utils?|common|helpers|types|services)\//.test(path))).toEqual([]);
  });

  it('names and sentences use the words of the glossary', () => {
    // Left out: the wordings themselves and the examples of what is found.
    const listing = /^test\/architecture\/(plain-words|style\.test|docs\.test)\.ts$/;
    const all = [...product, ...sourcesUnder('test').filter(({ path }) => !listing.test(path))];
    expect(wordingsIn(all, [...unclearNames, ...unclearPhrases])).toEqual([]);
  });

  it.each([
    ['a variable', 'const news = read();'],
    ['a member', '  isDemoTold: boolean;'],
    ['a call of a member', 'provider.letGo(intent);'],
    ['a string key', "const SORT_KEY = 'TOLD';"],
    ['a beginning', 'const rawBody = newsBody(update);'],
    ['an ending', 'const { latestNews } = parcel;'],
    ['a constant', "export const TOLD_PREFIX = 'REPORT#';"],
  ])('finds an unclear name that is %s', (_where, text) => {
    expect(wordingsIn([{ path: 'a.ts', text }], unclearNames)).not.toEqual([]);
  });

  it.each([
    '// Newspapers, renews and the world of parcels.',
    'const updates = readUpdates(untoldTales);',
    "rate('pz-world-2025')",
  ])('finds no unclear name in %s', (text) => {
    expect(wordingsIn([{ path: 'a.ts', text }], unclearNames)).toEqual([]);
  });

  it.each([
    '/** What a parcel costs that is dear. */',
    '// The parcel stays untold.',
    '/** As good as the first. */',
    '// A body for who asks.',
    "// A failed refund is a person's.",
    '// One after the other.',
    '// Says what is behind the address.',
    '// The provider lets go.',
    '// Rows that are laid over those in force.',
    '// At most so many places.',
    '// Lays the rows over those in force.',
    '// A server that stands in for a partner.',
    '// A person looks after it.',
    '// The request can not be accepted as it stands.',
    '/** A step of the physical world. */',
    '// No scheme is to be had.',
    '// A country that is none.',
    '// Throws for a key that will not do.',
    '// Asking twice is asking once.',
    '// Whatever the number of tellings.',
    '/** Their words and ours. */',
    '// Goods by post, be it by road.',
    '// One refund, however often it comes.',
    '// It loses its place for good.',
    '// The repeat says nothing new.',
    '// The key, read off the output.',
    "// Facts appended behind the sweep's back.",
    '// The bytes at the least.',
    '// The goods, and what comes of it.',
    '// All the time in the world.',
  ])('finds the unclear phrase in %s', (text) => {
    expect(wordingsIn([{ path: 'a.ts', text }], unclearPhrases)).toHaveLength(1);
  });

  it('nothing is left unfinished, and no test is skipped or alone', () => {
    expect(lines(product, /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
    expect(lines(sourcesUnder('test'), /\b(it|test|describe)\.(only|todo)\(|\bvi\.mock\(/)).toEqual([]);
  });
});
