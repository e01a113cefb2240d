import { z } from 'zod';
import type { Parts, Resource } from '../cloud-parts.ts';
import { createInvokeAsynchronously } from './asynchronous-invocation.ts';
import type { Clock } from './clock.ts';

/** Properties of a schedule's target. */
export const deliveryFields = {
  Arn: z.string(),
  RoleArn: z.string().optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.number().int().min(0).max(185).optional(),
      MaximumEventAgeInSeconds: z.number().int().min(60).max(86_400).optional(),
    })
    .optional(),
};
const deliveryProperties = z.object(deliveryFields);

/** The target of a delivery, and the rules for a delivery that fails. */
export interface Target {
  /** The schedule that delivers, for the log. */
  readonly source: string;
  readonly kind: 'queue' | 'function';
  readonly arn: string;
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
  readonly deadLetterArn?: string;
}

/** The reason why a target did not take an event. It is final when another attempt cannot help. */
interface Refusal {
  readonly reason: string;
  readonly final: boolean;
}

/** Delivers a text. Resolves when the text is delivered or the delivery is given up; never rejects. */
export type Deliver = (target: Target, text: string) => Promise<void>;

/**
 * Reads the target of a schedule.
 * Throws an Error when it is neither a standard queue nor a function of the templates.
 */
export function readTarget(
  properties: z.infer<typeof deliveryProperties>,
  source: string,
  resources: readonly Resource[],
): Target {
  const { Arn: arn, RetryPolicy: retry, DeadLetterConfig: deadLetter } = properties;
  const kind = kindOf(arn, resources);
  if (kind === undefined)
    throw new Error(
      `${source}: the target ${arn} is neither a standard queue nor a function of the templates`,
    );
  return {
    source,
    kind,
    arn,
    maximumRetries: retry?.MaximumRetryAttempts ?? 185,
    maximumAgeMs: (retry?.MaximumEventAgeInSeconds ?? 86_400) * 1000,
    ...(deadLetter?.Arn === undefined ? {} : { deadLetterArn: deadLetter.Arn }),
  };
}

/**
 * Makes the delivery of EventBridge's schedules. A queue that refuses is tried again until the retry
 * policy ends. A function is invoked asynchronously: the target's dead-letter queue takes only what could not be handed
 * over, and what the function fails to handle goes where the function itself says.
 */
export function createDeliver(parts: Parts, clock: Clock): Deliver {
  const invokeAsynchronously = createInvokeAsynchronously(parts, clock);

  async function handOver(target: Target, text: string): Promise<Refusal | undefined> {
    if (target.kind === 'queue') return sendToQueue(target.arn, text);
    try {
      return await invoke(target, text);
    } catch (error) {
      return { reason: (error as Error).message, final: true };
    }
  }

  async function sendToQueue(arn: string, text: string): Promise<Refusal | undefined> {
    try {
      await parts.sendToQueue(arn, text);
      return undefined;
    } catch (error) {
      return { reason: (error as Error).message, final: false };
    }
  }

  /** Gives the reason when the event could not be handed over; failures of the function itself end here. */
  async function invoke(target: Target, text: string): Promise<Refusal | undefined> {
    const givenUp = await invokeAsynchronously(target.arn, text);
    if (givenUp === 'unknown-function') return { reason: 'ResourceNotFoundException', final: true };
    if (givenUp !== undefined) await park(givenUp.queueArn, givenUp.text, target, givenUp.reason);
    return undefined;
  }

  async function park(
    queueArn: string | undefined,
    text: string,
    target: Target,
    reason: string,
  ): Promise<void> {
    const refusal = queueArn === undefined ? undefined : await sendToQueue(queueArn, text);
    const lost = queueArn === undefined ? 'no dead-letter queue' : refusal?.reason;
    const fate = lost === undefined ? `parked in ${queueArn}` : `lost (${lost})`;
    parts.log({ level: 'error', source: target.source, message: `${reason}; the event is ${fate}` });
  }

  return async (target, text) => {
    const start = clock.now().getTime();
    for (let retries = 0; ; retries += 1) {
      const refusal = await handOver(target, text);
      if (refusal === undefined) return;
      const waitMs = Math.min(1000 * 2 ** retries, 60_000);
      const tooOld = clock.now().getTime() + waitMs - start > target.maximumAgeMs;
      if (refusal.final || retries >= target.maximumRetries || tooOld) {
        const message = `${target.arn} could not be reached: ${refusal.reason}`;
        return park(target.deadLetterArn, text, target, message);
      }
      await clock.sleep(waitMs);
    }
  };
}

function kindOf(arn: string, resources: readonly Resource[]): Target['kind'] | undefined {
  for (const { type, ref, attributes } of resources) {
    if (type === 'AWS::SQS::Queue' && attributes.Arn === arn)
      return arn.endsWith('.fifo') ? undefined : 'queue';
    if (!/^AWS::Lambda::(Function|Alias|Version)$/.test(type)) continue;
    if ([ref, attributes.Arn, attributes.AliasArn, attributes.FunctionArn].includes(arn)) return 'function';
  }
  return undefined;
}
