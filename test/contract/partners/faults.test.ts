import { fork } from 'node:child_process';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import type { BrokerCallback } from '../../../shared/customs/brokers/broker/sandbox/wire.ts';
import type { WarehouseCallback } from '../../../shared/warehouse/systems/wms/sandbox/wire.ts';
import { sampleDispatch, sampleH7 } from './samples.ts';
import {
  bodiesAt,
  callJson,
  keys,
  newDataDir,
  type Receiver,
  startFast,
  startReceiver,
  until,
} from './sandbox.ts';

let receiver: Receiver;
let partners: Partners;

beforeAll(async () => {
  receiver = await startReceiver();
  partners = await startFast(receiver.url);
});

afterAll(async () => {
  await partners.stop();
  await receiver.stop();
});

function file(lrn: string) {
  const body = sampleH7(lrn);
  return callJson(`${partners.urlOf('broker')}/v1/declarations`, keys.broker.apiKey, {
    body,
    idempotencyKey: `key-${lrn}`,
  });
}

const brokerPath = '/v1/hooks/customs/broker';
const hooksFor = (lrn: string) =>
  receiver.arrived.filter((hook) => hook.path === brokerPath && hook.raw.includes(lrn));
const codesFor = (lrn: string) =>
  bodiesAt<BrokerCallback>(receiver, brokerPath)
    .filter((one) => one.data.lrn === lrn)
    .map((one) => one.data.code);

describe('faulty calls', () => {
  it('fail in each way for one reference, and then work again', async () => {
    partners.faults.add({
      partner: 'broker',
      reference: 'LRN-503',
      times: 2,
      call: { kind: 'error', status: 503 },
    });
    partners.faults.add({
      partner: 'broker',
      reference: 'LRN-429',
      call: { kind: 'throttle', retryAfterSeconds: 7 },
    });
    partners.faults.add({ partner: 'broker', reference: 'LRN-GARBAGE', call: { kind: 'garbage' } });
    partners.faults.add({ partner: 'broker', reference: 'LRN-RESET', call: { kind: 'reset' } });
    partners.faults.add({
      partner: 'broker',
      reference: 'LRN-TIMEOUT',
      call: { kind: 'timeout', holdMs: 80 },
    });
    expect((await file('LRN-FINE')).status).toBe(202);
    expect((await file('LRN-503')).status).toBe(503);
    expect((await file('LRN-503')).status).toBe(503);
    expect((await file('LRN-503')).status).toBe(202);
    const throttled = await file('LRN-429');
    expect(throttled.status).toBe(429);
    expect(throttled.headers.get('retry-after')).toBe('7');
    await expect(file('LRN-GARBAGE')).rejects.toThrow(SyntaxError);
    await expect(file('LRN-RESET')).rejects.toThrow('fetch failed');
    const startMs = performance.now();
    await expect(file('LRN-TIMEOUT')).rejects.toThrow('fetch failed');
    expect(performance.now() - startMs).toBeGreaterThan(70);
    expect((await file('LRN-TIMEOUT')).status).toBe(202);
  });

  it('may do the work although the answer is lost, and a repeat with the key gives the answer', async () => {
    partners.faults.add({ partner: 'broker', reference: 'LRN-DONE', call: { kind: 'reset', done: true } });
    await expect(file('LRN-DONE')).rejects.toThrow('fetch failed');
    const again = await file('LRN-DONE');
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('occur at a rate, repeatably for a seed', async () => {
    const outcomes = async () => {
      const other = await startFast(receiver.url, { seed: 42 });
      other.faults.add({ id: 'half', partner: 'wms', rate: 0.5, call: { kind: 'error', status: 500 } });
      const statuses: number[] = [];
      for (let call = 0; call < 20; call += 1) {
        statuses.push(
          (await callJson(`${other.urlOf('wms')}/v1/dispatch-orders/none`, keys.wms.apiKey, {})).status,
        );
      }
      await other.stop();
      return statuses;
    };
    const first = await outcomes();
    expect(await outcomes()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([404, 500]));
  });

  it('can also be set over HTTP', async () => {
    const url = `${partners.urlOf('stripe')}/_sandbox/faults`;
    const rule = { partner: 'broker', reference: 'LRN-HTTP', call: { kind: 'error', status: 500 } };
    const added = await fetch(url, { method: 'POST', body: JSON.stringify(rule) });
    expect(added.status).toBe(201);
    expect((await file('LRN-HTTP')).status).toBe(500);
    expect((await fetch(url, { method: 'POST', body: '{"partner":"nobody"}' })).status).toBe(400);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(200);
    expect(partners.faults.list()).toEqual([]);
    const state = (await (await fetch(`${partners.urlOf('stripe')}/_sandbox/state`)).json()) as {
      objects: Record<string, number>;
    };
    expect(state.objects['broker.declaration']).toBeGreaterThan(0);
  });
});

describe('faulty webhooks', () => {
  it('are repeated until the receiver accepts them', async () => {
    let refusals = 3;
    receiver.answer = (hook) => (hook.raw.includes('LRN-AGAIN') && refusals-- > 0 ? 500 : 204);
    await file('LRN-AGAIN');
    await until(() => codesFor('LRN-AGAIN').includes('IM429') && partners.idle());
    receiver.answer = () => 204;
    expect(hooksFor('LRN-AGAIN')).toHaveLength(5);
    const ids = new Set(hooksFor('LRN-AGAIN').map((hook) => hook.headers['webhook-id']));
    expect(ids.size).toBe(2);
  });

  it('arrive twice, late, lost at first, or out of order, according to the fault', async () => {
    partners.faults.add({ partner: 'broker', reference: 'LRN-TWICE', hook: { kind: 'duplicate' } });
    partners.faults.add({ partner: 'broker', reference: 'LRN-LATE', hook: { kind: 'delay', delayMs: 300 } });
    partners.faults.add({ partner: 'broker', reference: 'LRN-LOST', hook: { kind: 'drop' } });
    partners.faults.add({ partner: 'broker', reference: 'LRN-ORDER', hook: { kind: 'reorder' } });
    for (const lrn of ['LRN-TWICE', 'LRN-LATE', 'LRN-LOST', 'LRN-ORDER']) await file(lrn);
    await until(() => partners.idle(), 8_000);
    expect(codesFor('LRN-TWICE')).toEqual(['IM428', 'IM428', 'IM429']);
    expect(codesFor('LRN-LATE')).toEqual(['IM429', 'IM428']);
    expect(codesFor('LRN-LOST').sort()).toEqual(['IM428', 'IM429']);
    expect(codesFor('LRN-ORDER')).toEqual(['IM429', 'IM428']);
  });

  it('are forged or stale according to the fault, and the true one follows', async () => {
    const stripe = new Stripe('sk_test_none');
    const path = '/v1/hooks/payment/stripe';
    const verdicts: string[] = [];
    receiver.answer = (hook) => {
      if (hook.path !== path) return 204;
      try {
        stripe.webhooks.constructEvent(
          hook.raw,
          String(hook.headers['stripe-signature']),
          keys.stripe.webhookSecret,
        );
        verdicts.push('true');
        return 204;
      } catch (error) {
        verdicts.push(/tolerance/.test(String(error)) ? 'stale' : 'forged');
        return 400;
      }
    };
    partners.faults.add({ partner: 'stripe', reference: 'ord_forged', hook: { kind: 'forge' } });
    partners.faults.add({ partner: 'stripe', reference: 'ord_stale', hook: { kind: 'stale' } });
    for (const order of ['ord_forged', 'ord_stale']) {
      const intents = `${partners.urlOf('stripe')}/v1/payment_intents`;
      const headers = { authorization: `Bearer ${keys.stripe.apiKey}` };
      const body = new URLSearchParams({ amount: '1000', currency: 'eur', 'metadata[orderId]': order });
      const made = (await (await fetch(intents, { method: 'POST', headers, body })).json()) as { id: string };
      // An intent that is made tells nobody; one that is canceled does.
      await fetch(`${intents}/${made.id}/cancel`, { method: 'POST', headers });
    }
    await until(() => verdicts.length === 4);
    receiver.answer = () => 204;
    expect(verdicts.sort()).toEqual(['forged', 'stale', 'true', 'true']);
  });

  it('are signed with a new secret as soon as it is set', async () => {
    const other = await startFast(receiver.url);
    other.setKeys('wms', { apiKey: 'new-key' });
    const url = `${other.urlOf('wms')}/v1/dispatch-orders/none`;
    expect((await callJson(url, keys.wms.apiKey, {})).status).toBe(401);
    expect((await callJson(url, 'new-key', {})).status).toBe(404);
    await other.stop();
  });
});

describe('a sandbox whose process was killed', () => {
  it('continues where it was, with its steps, webhooks and idempotency keys', async () => {
    const dataDir = newDataDir();
    // No program receives webhooks yet, and the simulation is slow enough to be interrupted half-way.
    const child = fork(new URL('./killed-process.ts', import.meta.url), [dataDir, 'http://127.0.0.1:9'], {
      execArgv: [],
    });
    const urls = await new Promise<Partners['urls']>((resolve) =>
      child.once('message', (sent) => resolve(sent as Partners['urls'])),
    );
    const body = sampleDispatch('dsp_killed');
    const call = { body, idempotencyKey: 'key-killed' };
    const first = await callJson(`${urls.wms}/v1/dispatch-orders`, keys.wms.apiKey, call);
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));

    const revived = await startFast(receiver.url, { dataDir });
    const again = await callJson(`${revived.urlOf('wms')}/v1/dispatch-orders`, keys.wms.apiKey, call);
    expect(again.body).toEqual(first.body);
    await until(() => revived.idle());
    const types = bodiesAt<WarehouseCallback>(receiver, '/v1/hooks/warehouse/wms')
      .filter((one) => one.data.dispatchId === 'dsp_killed')
      .map((one) => one.type);
    expect([...new Set(types)].sort()).toEqual([
      'dispatch_order.accepted',
      'dispatch_order.handed_over',
      'dispatch_order.packed',
      'dispatch_order.picked',
    ]);
    await revived.stop();
  });
});
