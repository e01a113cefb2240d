import type { Backend } from '../../../infra/local/start-backend.ts';
import { signTimestampedHex } from '../../../infra/sandbox/signatures.ts';

const CALLS_BY_ONE = 200;
const CALLS = 640;

interface Intake {
  readonly calls: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How long genuine webhooks wait for their answer if that number of callers send them. Each waits for its own. */
export async function measureIntake(backend: Backend, callers: number): Promise<Intake> {
  const calls = callers === 1 ? CALLS_BY_ONE : CALLS;
  const waits: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < calls) {
      next += 1;
      waits.push(await send(backend, `${callers}-${next}`));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  await backend.cloud.settled(60_000);
  waits.sort((a, b) => a - b);
  const at = (part: number) => waits[Math.min(Math.floor(part * waits.length), waits.length - 1)] ?? 0;
  return { calls, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** Sends a payment of no order: it is checked, queued and read as every other one. */
async function send({ url, partners }: Backend, name: string): Promise<number> {
  const intent = {
    ...{ id: `pi_${name}`, object: 'payment_intent', status: 'canceled', amount: 4_990, currency: 'eur' },
    ...{
      amount_capturable: 0,
      amount_received: 0,
      metadata: { orderId: `ord_${name}`, paymentId: `pay_${name}` },
    },
  };
  const body = JSON.stringify({
    ...{ id: `evt_${name}`, object: 'event', type: 'payment_intent.canceled', data: { object: intent } },
  });
  const timestamp = Math.floor(Date.now() / 1_000);
  const { webhookSecret } = partners.keysOf('stripe');
  const headers = signTimestampedHex('stripe-signature', webhookSecret, { timestamp, body });
  const startedMs = performance.now();
  const answer = await fetch(`${url}/v1/hooks/payment/stripe`, { method: 'POST', body, headers });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`a webhook was answered with ${answer.status}`);
  return performance.now() - startedMs;
}
