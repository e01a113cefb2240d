import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Partners, type PartnersOptions, startPartners } from '../../../infra/sandbox/start-partners.ts';

/** A webhook as it arrived. The signature covers the raw bytes. */
export interface Arrived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
}

/** A receiver of webhooks. `answer` decides the status of each answer. */
export interface Receiver {
  readonly url: string;
  readonly arrived: Arrived[];
  answer: (hook: Arrived) => number;
  stop(): Promise<void>;
}

/** Fixed keys of these partners. Other partners make their own keys. */
export const keys = {
  stripe: { apiKey: 'sk_test_sandbox', webhookSecret: 'whsec_stripe_sandbox' },
  // This is not in normal form, because EasyPost normalises the secret (NFKD) before use.
  easypost: { apiKey: 'EZTKsandbox', webhookSecret: 's\u00e9cret' },
  broker: { apiKey: 'broker-key', webhookSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  wms: { apiKey: 'wms-key', webhookSecret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' },
} as const;

export async function startReceiver(): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const receiver = { arrived, answer: (_hook: Arrived): number => 204, url: '', stop: async () => {} };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const hook = { path: request.url ?? '', headers: request.headers, raw: Buffer.concat(chunks) };
      arrived.push(hook);
      response.writeHead(receiver.answer(hook)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  receiver.stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return receiver;
}

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'partners-'));
}

/**
 * Partners whose simulation is ten times as fast as by default. Each has answered one call, because the first call of a
 * process takes longer than the short timeout of the tests' senders.
 */
export async function startFast(
  hooksBaseUrl: string,
  options: Partial<PartnersOptions> = {},
): Promise<Partners> {
  const partners = await startPartners({ dataDir: newDataDir(), hooksBaseUrl, keys, pace: 10, ...options });
  await Promise.all(Object.values(partners.urls).map((url) => fetch(`${url}/_sandbox/state`)));
  return partners;
}

/** Waits until the condition is true. Throws after `timeoutMs`. */
export async function until(condition: () => boolean, timeoutMs = 5_000): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error('It did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The JSON bodies that arrived at a path, in the order of arrival. */
export function bodiesAt<Body>(receiver: Receiver, path: string): Body[] {
  return receiver.arrived
    .filter((hook) => hook.path === path)
    .map((hook) => JSON.parse(hook.raw.toString('utf8')) as Body);
}

/** Calls the broker's or the warehouse's API. */
export async function callJson(
  url: string,
  key: string,
  call: { method?: string; body?: unknown; idempotencyKey?: string },
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(url, {
    method: call.method ?? (call.body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(call.idempotencyKey !== undefined && { 'idempotency-key': call.idempotencyKey }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}
