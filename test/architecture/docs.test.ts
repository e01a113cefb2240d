import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capabilities } from '../../infra/cli/pages/capabilities-page.ts';
import { markdownFiles } from './sources.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const documents = markdownFiles().map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** Links of a page to files of the project: addresses on the web and places on the page itself are left out. */
function fileLinks({ path, text }: (typeof documents)[number]): string[] {
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
  return links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(dirname(path), link));
}

describe('documentation', () => {
  it.each(documents)('$path names only commands that exist', ({ text }) => {
    const named = [...text.matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it.each(documents)('$path links only to files that exist', (document) => {
    expect(fileLinks(document).filter((link) => !existsSync(link))).toEqual([]);
  });

  it('has every page of docs/ in its index', () => {
    const index = fileLinks({ path: 'docs/README.md', text: readFileSync('docs/README.md', 'utf8') });
    const pages = documents.map(({ path }) => path).filter((path) => /^docs\/[^/]+\.md$/.test(path));
    expect(pages.filter((path) => path !== 'docs/README.md' && !index.includes(path))).toEqual([]);
  });

  it('names a file and a test that exist for every capability', () => {
    const named = capabilities.flatMap(({ where, tests, pages = [] }) => [...where, ...tests, ...pages]);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('begins with a README that is read in five minutes', () => {
    expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThan(250);
  });
});
