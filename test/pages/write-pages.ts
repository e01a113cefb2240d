import { writeFileSync } from 'node:fs';
import { basketPage } from './basket-page.ts';
import { destinationsPage } from './destinations-page.ts';

/** Pages of the documentation that are computed, by file. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/one-basket-five-countries.md': basketPage,
  'docs/destinations.md': destinationsPage,
};

if (process.argv[1] === import.meta.filename) {
  for (const [file, page] of Object.entries(pages)) {
    writeFileSync(new URL(`../../${file}`, import.meta.url), page());
    console.log(`written: ${file}`);
  }
}
