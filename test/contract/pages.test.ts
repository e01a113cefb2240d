import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pagesOf } from '../../infra/cli/pages/write-pages.ts';
import { buildProgram } from '../../infra/cli/program.ts';

it.each(Object.entries(pagesOf(buildProgram)))(
  '%s equals the output of the code: run `npm run pages`',
  async (file, page) => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toBe(await page());
  },
);
