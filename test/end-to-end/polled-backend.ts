import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPartners } from '../../infra/sandbox/start-partners.ts';
import { findTestAccounts } from '../../infra/test-accounts/registry.ts';
import type { TestAccount } from '../../infra/test-accounts/test-account.ts';
import { PACE, type RunningBackend, runBackend } from './running-backend.ts';

const POLLED = ['stripe', 'easypost'];
/** Of a tunnel that brings webhooks too, as that of `stripe listen`. */
export const TUNNEL_SECRET = 'whsec_f00dfacecafe4242f00dfacecafe4242';

/** A backend that reaches Stripe and EasyPost, and that they can't reach. */
export interface PolledBackend extends RunningBackend {
  /** What the polls said, line by line. */
  readonly said: readonly string[];
  readonly accounts: readonly TestAccount[];
}

/**
 * Starts sandboxes that speak Stripe's and EasyPost's protocols and send no webhook, and a backend with test accounts
 * there. The other two partners send their webhooks.
 */
export async function runPolledBackend(pollEveryMs = 450): Promise<PolledBackend> {
  const dataDir = await mkdtemp(join(tmpdir(), 'entrepot-partners-'));
  const partners = await startPartners({
    dataDir,
    hooksBaseUrl: 'http://127.0.0.1:9',
    withoutWebhooks: POLLED,
    pace: PACE,
  });
  const kinds = await findTestAccounts();
  const webhookSecrets = [{ id: 'tunnel', value: TUNNEL_SECRET }];
  const accounts = kinds.map((kind) => {
    const { apiKey } = partners.keysOf(kind.code);
    return { ...kind.open({ apiKey, baseUrl: partners.urlOf(kind.code), webhookSecrets }), pollEveryMs };
  });
  const said: string[] = [];
  const running = await runBackend({
    partners,
    testAccounts: accounts,
    polled: (line) => void said.push(line),
  });
  partners.setHooksBaseUrl(running.backend.url);
  return {
    ...running,
    said,
    accounts,
    async stop() {
      await running.stop();
      await partners.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
