import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { journeyTable } from '../../infra/cli/pages/journey-table.ts';

const readme = readFileSync('README.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('README', () => {
  it('shows the journey as the table of triggers has it: npm run pages', () => {
    const shown = /<!-- journey -->\n([\s\S]*?)\n<!-- \/journey -->/.exec(readme)?.[1];
    expect(shown).toBe(journeyTable());
  });

  it('names only commands that exist', () => {
    const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !link.startsWith('http') && !existsSync(link))).toEqual([]);
  });
});
