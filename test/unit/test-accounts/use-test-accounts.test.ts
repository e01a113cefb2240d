import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { partnerKeys } from '../../../infra/sandbox/partner-keys.ts';
import { findSandboxPartners } from '../../../infra/sandbox/registry.ts';
import { pollPositions } from '../../../infra/test-accounts/poll-positions.ts';
import { refuseOtherPartners } from '../../../infra/test-accounts/use-test-accounts.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'entrepot-mixed-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const stripe = { code: 'stripe' };

it('takes a new folder, and the same partners again', () => {
  refuseOtherPartners(dataDir, [stripe]);
  pollPositions(dataDir).write('stripe', { from: 1, seen: [] });
  refuseOtherPartners(dataDir, [stripe]);
});

it('refuses real partners for orders of the sandboxes', async () => {
  partnerKeys(dataDir, await findSandboxPartners());
  expect(() => refuseOtherPartners(dataDir, [stripe])).toThrow('belong to the sandbox of stripe');
  refuseOtherPartners(dataDir, []);
});

it('refuses the sandboxes for orders of real partners', () => {
  pollPositions(dataDir).write('stripe', { from: 1, seen: [] });
  expect(() => refuseOtherPartners(dataDir, [])).toThrow('belong to a test account of stripe');
});
