import { readFileSync, writeFileSync } from 'node:fs';
import { basketPage } from './basket-page.ts';
import { destinationsPage } from './destinations-page.ts';
import { journeyTable } from './journey-table.ts';
import { restrictionsTables } from './restrictions-page.ts';

/** Pages of the documentation that are computed, or have a part that is, by file. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/one-basket-five-countries.md': basketPage,
  'docs/destinations.md': destinationsPage,
  'docs/restricted-goods.md': withPart('docs/restricted-goods.md', 'restrictions', restrictionsTables),
  'README.md': withPart('README.md', 'journey', journeyTable),
};

/** The page as it is, with what stands between the marks of that name written anew. */
function withPart(file: string, name: string, part: () => string): () => string {
  return () => {
    const page = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
    const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(\\n<!-- /${name} -->)`);
    return page.replace(marked, (_all, before: string, after: string) => `${before}${part()}${after}`);
  };
}

if (process.argv[1] === import.meta.filename) {
  for (const [file, page] of Object.entries(pages)) {
    writeFileSync(new URL(`../../../${file}`, import.meta.url), page());
    console.log(`written: ${file}`);
  }
}
