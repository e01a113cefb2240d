import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileLog } from '../../../infra/local/file-log.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'entrepot-log-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('the log writes each line, except debug lines, to the named file in the data folder', () => {
  const log = fileLog(dataDir, 'partners.log', () => false);
  log({ level: 'error', source: 'partners', message: 'a partner failed', detail: { operation: 'refunds' } });
  log({ level: 'debug', source: 'partners', message: 'nothing of interest' });
  const lines = readFileSync(join(dataDir, 'logs', 'partners.log'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      time: expect.any(String),
      level: 'error',
      source: 'partners',
      message: 'a partner failed',
      detail: { operation: 'refunds' },
    },
  ]);
});
