import { expect, it } from 'vitest';
import { fencedStore } from '../../../shared/lake/fenced-store.ts';
import type { LakeStore } from '../../../shared/lake/lake-store.ts';

it('nothing is written once the right to do so is over, and everything can still be read', async () => {
  const written: string[] = [];
  const note = async (key: string) => void written.push(key);
  const store: LakeStore = {
    ...{ write: note, store: note, remove: note },
    read: async () => 'text',
    fetch: async () => true,
    async *list() {},
  };
  let isOver = false;
  const fenced = fencedStore(store, () => isOver);
  await fenced.write('a', '');
  await fenced.store('b', '');
  await fenced.remove('c');
  expect(written).toEqual(['a', 'b', 'c']);

  isOver = true;
  for (const change of [fenced.write('d', ''), fenced.store('e', ''), fenced.remove('f')])
    await expect(change).rejects.toThrow('the right to change the tables of the lake is over');
  expect(written).toEqual(['a', 'b', 'c']);
  expect([await fenced.read('a'), await fenced.fetch('a', '')]).toEqual(['text', true]);
});
