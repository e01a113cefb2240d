import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { becomesQuiet } from '../../infra/local/becomes-quiet.ts';
import { startBackend } from '../../infra/local/start-backend.ts';
import { startPartners } from '../../infra/sandbox/start-partners.ts';
import { findTestAccounts } from '../../infra/test-accounts/registry.ts';
import { type PolledBackend, runPolledBackend, TUNNEL_SECRET } from './polled-backend.ts';
import { imbalances, operatorView } from './running-backend.ts';
import { baskets, isDelivered, type Placed } from './shopper.ts';

const MINUTES = 60_000;

describe('a backend that no webhook of Stripe and EasyPost reaches', () => {
  let running: PolledBackend;
  beforeAll(async () => {
    running = await runPolledBackend();
  }, 5 * MINUTES);
  afterAll(() => running?.stop());

  const factsOf = async ({ orderId }: Pick<Placed, 'orderId'>) =>
    (await operatorView(running.backend, orderId)).facts.map(({ name }) => name);
  const buyDelivered = async () => {
    const placed = await running.shopper.buy(baskets.DE, running.stripeUrl);
    await running.shopper.follow(placed, isDelivered);
    await becomesQuiet(running.backend);
    return placed;
  };

  it(
    'pays, declares, ships, tracks and delivers an order by polling alone',
    async () => {
      const placed = await buyDelivered();
      const view = await operatorView(running.backend, placed.orderId);
      const names = view.facts.map(({ name }) => name);
      const count = (name: string) => names.filter((one) => one === name).length;
      expect(['payment.authorised', 'payment.captured'].map(count)).toEqual([1, 1]);
      expect(count('declaration.filed')).toBeGreaterThan(0);
      expect(count('parcel.dispatched')).toBe(count('parcel.booked'));
      expect(names.at(-1)).toBe('order.delivered');
      expect(imbalances(view)).toEqual([]);
      expect(running.said.join('\n')).toContain('payment_intent.amount_capturable_updated');
      expect(running.said.join('\n')).toContain('tracker delivered');
    },
    2 * MINUTES,
  );

  it(
    'adds nothing when it polls again',
    async () => {
      const placed = await buyDelivered();
      const before = await factsOf(placed);
      const lines = running.said.length;
      await wait(1_000);
      expect(await factsOf(placed)).toEqual(before);
      expect(running.said.slice(lines)).toEqual([]);
    },
    2 * MINUTES,
  );

  it(
    'acts once on an event that a webhook brings too',
    async () => {
      const placed = await buyDelivered();
      const before = await factsOf(placed);
      const key = running.backend.partners.keysOf('stripe');
      const listed = await fetch(`${running.stripeUrl}/v1/events?limit=100`, {
        headers: { authorization: `Bearer ${key.apiKey}` },
      });
      const { data } = (await listed.json()) as { data: { id: string; type: string }[] };
      const own = data.filter((event) => JSON.stringify(event).includes(placed.orderId));
      expect(own.length).toBeGreaterThan(0);
      for (const event of own) {
        const body = JSON.stringify(event);
        const seconds = Math.floor(Date.now() / 1_000);
        const hex = createHmac('sha256', TUNNEL_SECRET).update(`${seconds}.${body}`).digest('hex');
        const answer = await fetch(`${running.backend.url}/v1/hooks/payment/stripe`, {
          method: 'POST',
          headers: { 'stripe-signature': `t=${seconds},v1=${hex}` },
          body,
        });
        expect(answer.status).toBe(200);
      }
      await becomesQuiet(running.backend);
      expect(await factsOf(placed)).toEqual(before);
    },
    2 * MINUTES,
  );

  it(
    'obeys a 429 with Retry-After, and goes on afterwards',
    async () => {
      const throttle = { kind: 'throttle', retryAfterSeconds: 2 } as const;
      running.backend.partners.faults.add({ partner: 'stripe', on: 'events.list', times: 1, call: throttle });
      await expect
        .poll(() => running.said.join('\n'), { timeout: 10_000 })
        .toContain('stripe: it answered 429; asked again in 2 s');
      const placed = await running.shopper.buy(baskets.DE, running.stripeUrl);
      await running.shopper.follow(placed, isDelivered);
      expect(running.said).toContain('stripe: answers again');
    },
    2 * MINUTES,
  );
});

describe('a start with real partners', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-real-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stops at a live key within seconds, and says what to do', async () => {
    const file = join(folder, 'partners.json');
    const key = `sk_live_${'51QaZwSxEdCrFvTgBy'}`;
    writeFileSync(file, JSON.stringify({ stripe: { apiKey: key } }), { mode: 0o600 });
    const args = ['infra/cli/entrepot.ts', 'start', '--partners', 'real', '--partner-keys', file];
    const data = join(folder, 'data');
    const { code, stdout, stderr } = (await promisify(execFile)(process.execPath, [
      ...args,
      '--data',
      data,
    ]).catch((error: { code: number; stdout: string; stderr: string }) => error)) as {
      code?: number;
      stdout: string;
      stderr: string;
    };
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      `${file}: /stripe/apiKey: this is a live key of Stripe: it would move real money or goods. Use a test key, sk_test_ or rk_test_`,
    );
    expect(stdout + stderr).not.toContain(key);
    expect(existsSync(data)).toBe(false);
  });

  it('stops at a key that the partner refuses, before anything is started', async () => {
    const partners = await startPartners({
      dataDir: join(folder, 'partners'),
      hooksBaseUrl: 'http://127.0.0.1:9',
    });
    try {
      const accounts = (await findTestAccounts()).map((kind) => {
        const apiKey = `${kind.code === 'stripe' ? 'sk_test_' : 'EZTK'}0000WrongButWellFormed`;
        return kind.open({ apiKey, baseUrl: partners.urlOf(kind.code) });
      });
      for (const account of accounts)
        await expect(
          startBackend({ port: 0, dataDir: join(folder, 'refused'), testAccounts: [account] }),
        ).rejects.toThrow(/refused with 401.*the key in the file is wrong, or was replaced/);
    } finally {
      await partners.stop();
    }
  });
});
