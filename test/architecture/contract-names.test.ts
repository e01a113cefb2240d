import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('each named part of the contract has a name of its own: of two with one name the contract holds one', () => {
  const names = globSync('{shared,functions,events}/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bid: '([A-Z][A-Za-z]+)'/g)].map(([, name = '']) => name),
  );
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
