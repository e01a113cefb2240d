import * as z from 'zod';
import type { QueueName } from '../../events/queues.ts';
import type { SecretName } from '../../events/triggers.ts';

const settingsSchema = z.object({
  TABLE_NAME: z.string().min(1),
  BUS_NAME: z.string().min(1),
  STAGE: z.string().min(1),
  BUILD: z.string().default('unknown'),
  PUBLISH_ALL_FACTS: z.enum(['true', 'false']).default('false'),
  PERIOD_SECONDS: z.coerce.number().int().positive().optional(),
});

export interface Settings {
  readonly tableName: string;
  readonly busName: string;
  readonly stage: string;
  readonly build: string;
  /** Whether every fact goes on the bus, for subscribers outside; otherwise those that a function here waits for. */
  readonly publishesAllFacts: boolean;
  /** The seconds between two runs of a scheduled job; undefined for other functions. */
  readonly periodSeconds: number | undefined;
  /** ARN of a secret that this function may read; throws for any other. */
  secretArn(name: SecretName): string;
  /** URL of a queue that this function calls; throws for any other. */
  queueUrl(name: QueueName): string;
}

/** The function's environment, checked once. Throws a ZodError that names the missing variables. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const parsed = settingsSchema.parse(environment);
  return {
    tableName: parsed.TABLE_NAME,
    busName: parsed.BUS_NAME,
    stage: parsed.STAGE,
    build: parsed.BUILD,
    publishesAllFacts: parsed.PUBLISH_ALL_FACTS === 'true',
    periodSeconds: parsed.PERIOD_SECONDS,
    secretArn(name) {
      const arn = environment[`SECRET_${name.toUpperCase().replaceAll('-', '_')}`];
      if (arn === undefined) throw new Error(`this function was not given the secret ${name}`);
      return arn;
    },
    queueUrl(name) {
      const url = environment[`QUEUE_${name.toUpperCase()}`];
      if (url === undefined) throw new Error(`this function was not given the queue ${name}`);
      return url;
    },
  };
}
