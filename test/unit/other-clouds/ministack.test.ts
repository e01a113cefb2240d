import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMinistack } from '../../other-clouds/ministack.ts';

test('Without Python the check gets the name of what is missing.', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-ministack-'));

  const started = await startMinistack({ pythons: ['no-such-python', 'nor-this-one'], folder });

  expect(started).toEqual({
    missing: 'Python 3.10 or newer is not installed (no-such-python, nor-this-one)',
  });
  await rm(folder, { recursive: true });
});
