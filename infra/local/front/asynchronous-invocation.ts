import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { InvokeResult, Parts, Resource } from '../cloud-parts.ts';
import type { Clock } from './clock.ts';
import { ofType, readProperties } from './resource-reading.ts';

/** An event that a function did not handle, with the queue that is to have it and the text for that queue. */
interface GivenUp {
  readonly reason: string;
  readonly queueArn?: string;
  readonly text: string;
}

/**
 * Invokes a function asynchronously and resolves when it has handled the event or when that is given up; undefined when
 * it was handled. `unknown-function`: there is none.
 */
export type InvokeAsynchronously = (
  functionArn: string,
  text: string,
) => Promise<GivenUp | 'unknown-function' | undefined>;

interface Settings {
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
  readonly destinationArn?: string | undefined;
}

const invokeConfigProperties = z.object({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z.number().int().min(0).max(2).default(2),
  MaximumEventAgeInSeconds: z.number().int().min(60).max(21_600).default(21_600),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
    .optional(),
});

const DEFAULTS: Settings = { maximumRetries: 2, maximumAgeMs: 21_600_000 };

/**
 * Makes the asynchronous invocation of Lambda: a function that failed is invoked again after one minute and after two,
 * unless its `EventInvokeConfig` says otherwise; one that is throttled after seconds, until the event is too old (AWS
 * Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation"). What is given up goes
 * to the failure destination, or to the function's own dead-letter queue.
 */
export function createInvokeAsynchronously(parts: Parts, clock: Clock): InvokeAsynchronously {
  const settings = readInvokeSettings(parts.resources);
  const deadLetters = readFunctionDeadLetters(parts.resources);

  return async (functionArn, text) => {
    const { maximumRetries, maximumAgeMs, destinationArn } = settings.get(functionArn) ?? DEFAULTS;
    const startMs = clock.now().getTime();
    const isTooOld = (waitMs: number) => clock.now().getTime() + waitMs - startMs > maximumAgeMs;
    let failures = 0;
    for (let throttles = 0; ; ) {
      const result = await parts.invoke(functionArn, JSON.parse(text));
      const errorType = result.error?.errorType;
      if (errorType === undefined) return undefined;
      if (errorType === 'ResourceNotFoundException') return 'unknown-function';
      const isThrottled = errorType === 'TooManyRequestsException';
      if (isThrottled) throttles += 1;
      else failures += 1;
      const waitMs = isThrottled ? Math.min(1000 * 2 ** (throttles - 1), 300_000) : failures * 60_000;
      const isExhausted = failures > maximumRetries;
      if (!isExhausted && !isTooOld(waitMs)) {
        await clock.sleep(waitMs);
        continue;
      }
      const reason = `${functionArn} failed ${failures} times: ${errorType}`;
      if (destinationArn === undefined) {
        const queueArn = deadLetters.get(functionArn);
        return { reason, text, ...(queueArn === undefined ? {} : { queueArn }) };
      }
      const condition = isExhausted ? 'RetriesExhausted' : 'EventAgeExceeded';
      const record = failureRecord({ functionArn, text, condition, count: failures, result });
      return { reason, queueArn: destinationArn, text: JSON.stringify(record) };
    }
  };
}

interface Failure {
  readonly functionArn: string;
  readonly text: string;
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
  readonly count: number;
  readonly result: InvokeResult;
}

/** What a failure destination receives: the event, and what the function answered. */
function failureRecord({ functionArn, text, condition, count, result }: Failure): object {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: count,
    },
    requestPayload: JSON.parse(text),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: result.error,
  };
}

function readInvokeSettings(resources: readonly Resource[]): ReadonlyMap<string, Settings> {
  const functions = ofType(resources, 'AWS::Lambda::Function');
  const found = ofType(resources, 'AWS::Lambda::EventInvokeConfig').map((resource) => {
    const properties = readProperties(resource, invokeConfigProperties);
    const { FunctionName: name } = properties;
    const configured = functions.find(({ ref, attributes }) => ref === name || attributes.Arn === name);
    if (configured === undefined) throw new Error(`${resource.logicalId}: there is no function ${name}`);
    return [
      configured.attributes.Arn ?? '',
      {
        maximumRetries: properties.MaximumRetryAttempts,
        maximumAgeMs: properties.MaximumEventAgeInSeconds * 1000,
        destinationArn: properties.DestinationConfig?.OnFailure?.Destination,
      },
    ] as const;
  });
  return new Map(found);
}

function readFunctionDeadLetters(resources: readonly Resource[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { attributes, properties } of ofType(resources, 'AWS::Lambda::Function')) {
    const config = properties.DeadLetterConfig as { readonly TargetArn?: string } | undefined;
    if (attributes.Arn !== undefined && config?.TargetArn !== undefined)
      found.set(attributes.Arn, config.TargetArn);
  }
  return found;
}
