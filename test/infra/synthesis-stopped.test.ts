import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hasAssembly } from '../../infra/local/assembly/stamp-assembly.ts';
import { synthesise } from '../../infra/local/synthesise.ts';

const folder = mkdtempSync(join(tmpdir(), 'entrepot-stopped-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a synthesis that is stopped ends with the reason, and leaves no usable assembly', async () => {
  const controller = new AbortController();
  const onStart = () => void setTimeout(() => controller.abort(new Error('stopped by Ctrl-C')), 300);
  await expect(synthesise(folder, { signal: controller.signal, onStart })).rejects.toThrow(
    'stopped by Ctrl-C',
  );
  expect(readdirSync(folder)).not.toContain('entrepot-stamp.json');
  expect(hasAssembly(folder, 'any sources')).toBe(false);
});

it('a synthesis that was already stopped does not begin', async () => {
  await expect(synthesise(folder, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow(
    'stopped',
  );
  expect(readdirSync(folder)).toEqual([]);
});
