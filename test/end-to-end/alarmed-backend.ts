import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallbackKind } from '../../events/callback.ts';
import type { FunctionId } from '../../events/triggers.ts';
import { sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import type { FaultRates } from '../../infra/local/faults/create-strike.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import type { AlarmState } from '../../infra/local/watching/watch.ts';
import { findSandboxPartners } from '../../infra/sandbox/registry.ts';
import { type Table, tableClient } from '../../shared/aws/clients.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';

/** How many invocations a function that takes partners' calls has. Beyond them it is throttled. */
const HOOK_CONCURRENCY = 4;

/** The publishers of exchange rates: an address where no server listens. */
const NOBODY = 'https://127.0.0.1:9';

/** The name of a function, as `PaymentOnPaymentCallback` for `3-payment/on-payment-callback`. */
export const plainName = (id: FunctionId): string =>
  id
    .replace(/^\d+-/, '')
    .split(/[-/]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const nameOf = (id: FunctionId): string => `entrepot-local-${plainName(id)}`;

/** A running backend whose alarms are looked at, with the tools to make faults happen in it. */
export interface AlarmedBackend {
  readonly running: RunningBackend;
  readonly dataDir: string;
  /** The faults that are injected now. The local cloud reads the rates at each request. */
  readonly faultRates: { throttle?: number };
  /** The backend's table, without a fault on the way. */
  readonly table: Table;
  /** The number of milliseconds by which the clock of the alarms is ahead. */
  aheadMs: number;
  alarm(name: string): AlarmState;
  invoke(id: FunctionId, event: unknown): Promise<unknown>;
  /** How many lines with this code or notice all functions have logged. */
  logged(word: string): number;
  /** Puts a line into a function's log, as if the function had written it. */
  write(id: FunctionId, line: object): void;
  /** Sends a partner's call with its genuine signature. Gives the status of the answer. */
  call(
    kind: CallbackKind,
    code: string,
    body: { readonly id: string; readonly [name: string]: unknown },
  ): Promise<number>;
  stop(): Promise<void>;
}

/** A fault that makes an alarm ring. */
export interface AlarmFault {
  /** The alarm's name without the stage. */
  readonly alarm: string;
  /** Other alarms that ring for the same fault. */
  readonly also?: readonly string[];
  readonly what: string;
  /** The codes and notices that functions log for the fault; the alarm's metric counts such lines. */
  readonly logs?: readonly string[];
  make(at: AlarmedBackend): Promise<unknown>;
}

/**
 * Starts the backend with a limit for partners' calls, as `-c hookReservedConcurrency` sets it on AWS, and with the job
 * that fetches exchange rates.
 */
export async function runAlarmedBackend(): Promise<AlarmedBackend> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-alarms-'));
  const [assemblyDir, dataDir] = [join(folder, 'cdk.out'), join(folder, 'data')];
  await synthesiseWithSettings(assemblyDir);
  const faultRates: { throttle?: number } & FaultRates = {};
  const clock = { aheadMs: 0 };
  const watchClock = () => Date.now() + clock.aheadMs;
  const running = await runBackend({ assemblyDir, dataDir, faultRates, watchClock });
  const { cloud, operator, partners, url } = running.backend;
  // Some faults need more unpaid orders of one network than the sample shop takes.
  const unlimited = { unpaidOrdersOfClient: 10_000, unpaidOrdersOfShopper: 10_000 };
  const callerLimits = { ...unlimited, unpaidUnitsOfClient: 100_000, unpaidShareOfSku: 100 };
  await operator.call({ method: 'PUT', path: '/v1/admin/seller', body: { ...sampleSeller, callerLimits } });
  const client = tableClient({
    endpoint: cloud.tableUrl,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const sandboxes = await findSandboxPartners();
  const logs = join(dataDir, 'logs');
  return {
    running,
    dataDir,
    faultRates,
    table: { client, name: 'entrepot-local' },
    get aheadMs() {
      return clock.aheadMs;
    },
    set aheadMs(ms) {
      clock.aheadMs = ms;
    },
    alarm: (name) => {
      const found = cloud.alarms().find((each) => each.name === `entrepot-local-${name}`);
      if (found === undefined) throw new Error(`there is no alarm ${name}`);
      return found;
    },
    invoke: (id, event) => cloud.invoke(nameOf(id), event),
    logged: (word) => {
      const texts = readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8'));
      return texts.join('').split(new RegExp(`"(?:code|notice)":"${word}"`)).length - 1;
    },
    write: (id, line) => appendFileSync(join(logs, `${nameOf(id)}.log`), `${JSON.stringify(line)}\n`),
    call: async (kind, code, body) => {
      const partner = sandboxes.find((each) => each.code === code);
      if (partner === undefined) throw new Error(`there is no partner ${code}`);
      const message = { id: body.id, timestamp: Math.floor(Date.now() / 1000), body: JSON.stringify(body) };
      const signed = partner.signHook(partners.keysOf(code).webhookSecret, message);
      const headers = { 'content-type': 'application/json', ...signed };
      const answer = await fetch(`${url}/v1/hooks/${kind}/${code}`, {
        method: 'POST',
        headers,
        body: message.body,
      });
      return answer.status;
    },
    stop: async () => {
      client.destroy();
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function synthesiseWithSettings(assemblyDir: string): Promise<void> {
  const before = process.env.CDK_CONTEXT_JSON;
  process.env.CDK_CONTEXT_JSON = JSON.stringify({
    hookReservedConcurrency: String(HOOK_CONCURRENCY),
    fetchRates: 'true',
    ratesEcbDaily: NOBODY,
    ratesEcbHistory: NOBODY,
    ratesHmrc: `${NOBODY}/{year}-{month}`,
  });
  try {
    await synthesise(assemblyDir);
  } finally {
    if (before === undefined) delete process.env.CDK_CONTEXT_JSON;
    else process.env.CDK_CONTEXT_JSON = before;
  }
}
