import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileKinds, sizeOf } from './toy-sizes.ts';

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

describe.each(fileKinds)('docs/$guide', (kind) => {
  const guide = join('docs', kind.guide);
  const text = readFileSync(guide, 'utf8');

  it('states the number of files and lines of its example', () => {
    const { files, lines, registered } = sizeOf(kind);
    const place = kind.kind === 'Destination' ? 'list' : 'registry';
    expect(/It is \d+ file.+ in the \w+\./.exec(text)?.[0]).toBe(
      `It is ${counted(files, 'file')} of ${counted(lines, 'line')}, and ${counted(registered, 'line')} in the ${place}.`,
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
