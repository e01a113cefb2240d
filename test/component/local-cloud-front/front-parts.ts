import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { InvokeResult, Parts, Resource } from '../../../infra/local/cloud-parts.ts';
import type { Clock } from '../../../infra/local/front/clock.ts';

export const account = '111122223333';
export const region = 'eu-central-1';

/** The calls that the front made. */
export interface Recorded {
  readonly sent: { readonly queueArn: string; readonly body: string }[];
  readonly invoked: { readonly functionArn: string; readonly event: unknown }[];
  readonly metered: Record<string, number>;
  readonly logged: string[];
}

/** Parts that record every call. A function answers with the result of `answer`. */
export function frontParts(
  resources: readonly Resource[],
  options: {
    readonly answer?: (functionArn: string, event: unknown) => unknown;
    readonly strike?: Parts['strike'];
    readonly sendToQueue?: Parts['sendToQueue'];
    readonly queueByUrl?: Parts['queueByUrl'];
    readonly dataDir?: string;
  } = {},
): Parts & Recorded {
  const recorded: Recorded = { sent: [], invoked: [], metered: {}, logged: [] };
  return {
    ...recorded,
    resources,
    port: 0,
    dataDir: options.dataDir ?? temporaryFolder(),
    invoke: async (functionArn, event): Promise<InvokeResult> => {
      recorded.invoked.push({ functionArn, event });
      const given = await options.answer?.(functionArn, event);
      if (given instanceof Error) {
        return {
          payload: null,
          error: { errorType: given.name, errorMessage: given.message },
          durationMs: 1,
        };
      }
      return { payload: given, durationMs: 1 };
    },
    sendToQueue: async (queueArn, body) => {
      await options.sendToQueue?.(queueArn, body);
      recorded.sent.push({ queueArn, body });
    },
    queueByUrl: options.queueByUrl ?? (() => undefined),
    observe: () => undefined,
    tally: () => undefined,
    meter: (unit, count) => {
      recorded.metered[unit] = (recorded.metered[unit] ?? 0) + count;
    },
    log: ({ message }) => {
      recorded.logged.push(message);
    },
    strike: options.strike ?? (() => false),
  };
}

/** A folder that is deleted after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-front-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A clock that does not wait: it skips every sleep and records it. */
export function jumpingClock(start: string): Clock & { readonly slept: number[] } {
  let nowMs = Date.parse(start);
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(nowMs),
    sleep: async (durationMs) => {
      slept.push(durationMs);
      nowMs += durationMs;
    },
  };
}

/** An error as the failure of a function. The name is its type. */
export function failure(name: string): Error {
  const error = new Error(`${name} happened`);
  error.name = name;
  return error;
}

const arnOf = (service: string, path: string): string => `arn:aws:${service}:${region}:${account}:${path}`;

/** A resource of a template. */
export function resource(
  type: string,
  logicalId: string,
  properties: Record<string, unknown>,
  identity: { readonly ref?: string; readonly attributes?: Record<string, string> } = {},
): Resource {
  const { ref = logicalId, attributes = {} } = identity;
  return { type, logicalId, stack: 'test', properties, ref, attributes };
}

export const busArn = arnOf('events', 'event-bus/shop');
export const queueArn = (name: string): string => arnOf('sqs', name);
export const functionArn = (name: string): string => arnOf('lambda', `function:${name}`);

export function bus(): Resource {
  return resource(
    'AWS::Events::EventBus',
    'Bus',
    { Name: 'shop' },
    { ref: 'shop', attributes: { Arn: busArn } },
  );
}

export function queue(name: string): Resource {
  return resource('AWS::SQS::Queue', `Queue${name}`, {}, { attributes: { Arn: queueArn(name) } });
}

export function lambda(name: string, properties: Record<string, unknown> = {}): Resource {
  return resource('AWS::Lambda::Function', `Function${name}`, properties, {
    ref: name,
    attributes: { Arn: functionArn(name) },
  });
}
