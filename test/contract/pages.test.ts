import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pages } from '../../infra/cli/pages/write-pages.ts';

it.each(Object.entries(pages))('%s is what the code computes: npm run pages', (file, page) => {
  expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toBe(page());
});
