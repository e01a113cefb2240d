import { readFileSync, writeFileSync } from 'node:fs';
import { basketPage } from './basket-page.ts';
import { capabilitiesPage } from './capabilities-page.ts';
import { destinationsPage } from './destinations-page.ts';
import { functionsPage } from './functions-page.ts';
import { restrictionsTables } from './restrictions-page.ts';

/** Pages of the documentation that are computed, by file. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/one-basket-five-countries.md': basketPage,
  'docs/destinations.md': destinationsPage,
  'docs/functions.md': functionsPage,
  'docs/capabilities.md': capabilitiesPage,
  'docs/restricted-goods.md': restrictedGoodsPage,
};

/** The page as it is, with its tables written anew. */
function restrictedGoodsPage(): string {
  const page = readFileSync(new URL('../../../docs/restricted-goods.md', import.meta.url), 'utf8');
  return page.replace(
    /(<!-- restrictions -->\n)[\s\S]*?(\n<!-- \/restrictions -->)/,
    (_all, before: string, after: string) => `${before}${restrictionsTables()}${after}`,
  );
}

if (process.argv[1] === import.meta.filename) {
  for (const [file, page] of Object.entries(pages)) {
    writeFileSync(new URL(`../../../${file}`, import.meta.url), page());
    console.log(`written: ${file}`);
  }
}
