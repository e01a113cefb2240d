// Writes the tables of docs/restricted-goods.md anew: node test/unit/customs/restrictions/write-page.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { restrictionsTables } from './restrictions-page.ts';

const PAGE = 'docs/restricted-goods.md';
const written = readFileSync(PAGE, 'utf8').replace(
  /(<!-- restrictions -->\n)[\s\S]*?(\n<!-- \/restrictions -->)/,
  (_all, before: string, after: string) => `${before}${restrictionsTables()}${after}`,
);
writeFileSync(PAGE, written);
