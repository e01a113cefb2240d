import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A guide, the folder of its toy, and the name of the toy in the registry of the fixture. */
const guides = [
  {
    guide: 'docs/add-a-destination.md',
    toy: 'test/fixtures/toys/destination',
    registry: 'files.ts',
    place: 'list',
    names: /\bis\b.*is\.json/,
  },
  {
    guide: 'docs/add-a-report.md',
    toy: 'test/fixtures/toys/report',
    registry: 'registry.ts',
    place: 'registry',
    names: /\bordersByState\b/,
  },
  {
    guide: 'docs/add-a-job.md',
    toy: 'test/fixtures/toys/job',
    registry: 'jobs.ts',
    place: 'registry',
    names: /every-6-hours-check-rates/,
  },
];

const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');
const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

describe.each(guides)('$guide', ({ guide, toy, registry, place, names }) => {
  const text = readFileSync(guide, 'utf8');

  it('states the number of files and lines of its example', () => {
    const files = readdirSync(toy).filter((file) => file !== registry);
    const lines = files.reduce((all, file) => all + linesOf(join(toy, file)).length, 0);
    const registered = linesOf(join(toy, registry)).filter((line) => names.test(line)).length;
    expect(/It is \d+ file.+ in the \w+\./.exec(text)?.[0]).toBe(
      `It is ${counted(files.length, 'file')} of ${counted(lines, 'line')}, and ${counted(registered, 'line')} in the ${place}.`,
    );
  });

  it('links only to existing targets, and names only existing files', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => join(dirname(guide), link));
    const named = [...text.matchAll(/`((?:test|shared|docs|events)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(links.length + named.length).toBeGreaterThan(4);
    expect([...links, ...named].filter((path) => !existsSync(path))).toEqual([]);
  });

  it('ends in a definition of done', () => {
    expect(text.split(/^## /m).at(-1)).toMatch(/^Done when\n\n(- .+\n){3,}$/);
  });
});
