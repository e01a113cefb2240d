import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileKinds, partnerKinds, sizeOf } from './toy-sizes.ts';

describe.each(partnerKinds)('docs/$guide', (kind) => {
  const text = readFileSync(`docs/${kind.guide}`, 'utf8');

  it('states the size of its example', () => {
    const { files, lines } = sizeOf(kind);
    expect(text).toContain(`\`${kind.toy}\``);
    expect(text).toContain(`it is ${files} files of ${lines} lines`);
  });

  it('names every file of the example', () => {
    for (const file of ['adapter.ts', 'sandbox/partner.ts', 'fixtures/contract.ts', 'README.md']) {
      expect(text).toContain(file);
      readFileSync(`${kind.toy}/${file}`);
    }
  });
});

it('docs/README.md has a table with the size of each example', () => {
  const rows = [...partnerKinds, ...fileKinds].map((kind) => {
    const { files, lines, registered } = sizeOf(kind);
    return `| ${kind.kind} | [guide](${kind.guide}) | ${files} | ${lines} | ${registered} |`;
  });
  const written = readFileSync('docs/README.md', 'utf8').match(/^\| .* \[guide\].*$/gm);
  expect(written).toEqual(rows);
});
