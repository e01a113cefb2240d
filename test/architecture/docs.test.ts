import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capabilities } from '../../infra/cli/pages/capabilities-page.ts';
import { unclearPhrases, wordingsIn } from './plain-words.ts';
import { markdownFiles } from './sources.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const documents = markdownFiles().map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** Links of a page to files of the project: addresses on the web and places on the page itself are left out. */
function fileLinks({ path, text }: (typeof documents)[number]): string[] {
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
  return links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(dirname(path), link));
}

const FOLDERS = ['shared', 'functions', 'events', 'infra', 'test', 'docs'];

const PAYMENT_CAPABILITIES = [
  ...['payment-gateway-abstraction', 'payment-method-routing', 'payment-webhook-intake'],
  ...['payment-failure-fallback', 'pay-card', 'pay-3ds2-sca', 'pay-paypal', 'pay-apple-google'],
  ...['pay-alipay-wechat', 'pay-pix', 'pay-oxxo', 'pay-upi', 'pay-grabpay', 'pay-ewallet-generic'],
  ...['pay-mobile-money', 'pay-cod', 'pay-bnpl', 'pay-installments', 'refund-processing'],
  ...['payment-data-security', 'payment-reconciliation', 'chargeback-management'],
  ...['psp-licence-registry', 'commission-and-fees'],
];

/** Every name that a file or a folder of the project has, without its folder. */
const names = new Set(
  FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' })).map((path) =>
    basename(path),
  ),
);

/** Code spans of a page that name files: by their path from the root, or a TypeScript file by its name. */
function namedFiles({ text }: (typeof documents)[number]): string[] {
  const spans = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    (match) => match[1] ?? '',
  );
  // Left out: patterns such as `functions/<stage>/…`.
  return spans.filter((span) => /^[\w./-]+$/.test(span) && (isPath(span) || /\.m?ts$/.test(span)));
}

const isPath = (span: string) => FOLDERS.some((folder) => span.startsWith(`${folder}/`));
const isThere = (span: string) =>
  isPath(span) ? [span, `${span}.ts`].some((path) => existsSync(path)) : names.has(basename(span));

describe('documentation', () => {
  it.each(documents)('$path names only commands that exist', ({ text }) => {
    const named = [...text.matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it.each(documents)('$path links only to files that exist', (document) => {
    expect(fileLinks(document).filter((link) => !existsSync(link))).toEqual([]);
  });

  it.each(documents)('$path names only files that exist', (document) => {
    expect(namedFiles(document).filter((span) => !isThere(span))).toEqual([]);
  });

  it('numbers the decisions without a gap, each number once', () => {
    const numbers = readdirSync('docs/decisions').map((file) => Number(file.slice(0, 3)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, place) => place + 1));
    for (const { path, text } of documents.filter(({ path: at }) => at.startsWith('docs/decisions/')))
      expect(text.slice(0, 6), path).toBe(`# ${basename(path).slice(0, 3)}.`);
  });

  it('is written in plain words', () => {
    expect(wordingsIn(documents, unclearPhrases)).toEqual([]);
    const riddle = { path: 'a.md', text: 'A parcel is told of once.\nA promise breaks once.' };
    expect(wordingsIn([riddle], unclearPhrases)).toEqual([
      'a.md:1: "told of" -> reported, announced, published',
    ]);
  });

  it('lists every page of docs/ in its index', () => {
    const index = fileLinks({ path: 'docs/README.md', text: readFileSync('docs/README.md', 'utf8') });
    const pages = documents.map(({ path }) => path).filter((path) => /^docs\/[^/]+\.md$/.test(path));
    expect(pages.filter((path) => path !== 'docs/README.md' && !index.includes(path))).toEqual([]);
  });

  it('names an existing file and test for every capability', () => {
    const named = capabilities.flatMap(({ where, tests, pages = [] }) => [...where, ...tests, ...pages]);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('has a row for every capability of payments', () => {
    const named = new Set(capabilities.flatMap((row) => row.names));
    expect(PAYMENT_CAPABILITIES.filter((name) => !named.has(name))).toEqual([]);
  });

  it('begins with a README that can be read in five minutes', () => {
    expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThan(250);
  });
});
