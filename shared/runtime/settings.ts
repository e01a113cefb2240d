import { type QueueName, queueVariable } from '../../events/queues.ts';
import type { FunctionPath, SecretName } from '../../events/triggers.ts';
import type { Standing } from '../usage/index.ts';

/** The HTTP API and the log of the stage, and how many of its resources are billed by the hour. */
interface UsageSettings {
  readonly apiId: string;
  readonly logGroup: string;
  readonly standing: Standing;
}

export interface Settings {
  readonly tableName: string;
  readonly busName: string;
  readonly stage: string;
  readonly build: string;
  /** Whether every fact goes on the bus, for other systems; otherwise none does. */
  readonly publishesAllFacts: boolean;
  /** The seconds between two runs of a scheduled job; undefined for other functions. */
  readonly periodSeconds: number | undefined;
  /** ARN of the secret by which CloudFront proves itself; undefined where the API is called directly. */
  readonly originProofArn: string | undefined;
  /** ARN of a secret that this function may read; throws for any other. */
  secretArn(name: SecretName): string;
  /** Name of the delivery stream of the lake; throws for a function that puts nothing into it. */
  recordStream(): string;
  /** Name of the bucket of the lake; throws for a function that neither reads nor writes it. */
  lakeBucket(): string;
  /** The memory of the function in megabytes, which Lambda sets; throws outside of Lambda. */
  memoryMb(): number;
  /** What the bill of the stage follows from besides its table; throws for a function that does not count it. */
  usage(): UsageSettings;
  /** URL of a queue that this function calls; throws for any other. */
  queueUrl(name: QueueName | FunctionPath): string;
}

/** Whether requests come through CloudFront alone: then it names the caller, and the address of the call is its own. */
export const isBehindProxy = (environment: NodeJS.ProcessEnv = process.env): boolean =>
  environment.BEHIND_PROXY === 'true';

/**
 * The function's environment, checked. Throws an Error that names what is missing or wrong. No schema checks it,
 * because some functions need no other one.
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const { PUBLISH_ALL_FACTS = 'false', PERIOD_SECONDS } = environment;
  const wrong = ['TABLE_NAME', 'BUS_NAME', 'STAGE'].filter((name) => !environment[name]);
  if (PUBLISH_ALL_FACTS !== 'true' && PUBLISH_ALL_FACTS !== 'false') wrong.push('PUBLISH_ALL_FACTS');
  if (PERIOD_SECONDS !== undefined && !/^[1-9]\d*$/.test(PERIOD_SECONDS)) wrong.push('PERIOD_SECONDS');
  if (wrong.length > 0) throw new Error(`missing or wrong in the environment: ${wrong.join(', ')}`);
  const { TABLE_NAME = '', BUS_NAME = '', STAGE = '', BUILD = 'unknown' } = environment;
  return {
    tableName: TABLE_NAME,
    busName: BUS_NAME,
    stage: STAGE,
    build: BUILD,
    publishesAllFacts: PUBLISH_ALL_FACTS === 'true',
    periodSeconds: PERIOD_SECONDS === undefined ? undefined : Number(PERIOD_SECONDS),
    originProofArn: environment.SECRET_ORIGIN_PROOF,
    secretArn(name) {
      const arn = environment[`SECRET_${name.toUpperCase().replaceAll('-', '_')}`];
      if (arn === undefined) throw new Error(`this function was not given the secret ${name}`);
      return arn;
    },
    recordStream() {
      const name = environment.RECORD_STREAM;
      if (name === undefined) throw new Error('this function was not given the delivery stream of the lake');
      return name;
    },
    lakeBucket() {
      const name = environment.LAKE_BUCKET;
      if (name === undefined) throw new Error('this function was not given the bucket of the lake');
      return name;
    },
    memoryMb() {
      const size = Number(environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
      if (!(size > 0)) throw new Error('AWS_LAMBDA_FUNCTION_MEMORY_SIZE is not set: this is no function');
      return size;
    },
    usage() {
      const { API_ID: apiId, LOG_GROUP: logGroup, STANDING: standing } = environment;
      if (apiId === undefined || logGroup === undefined || standing === undefined)
        throw new Error('this function does not count what AWS bills');
      return { apiId, logGroup, standing: JSON.parse(standing) as Standing };
    },
    queueUrl(name) {
      const url = environment[queueVariable(name)];
      if (url === undefined) throw new Error(`this function was not given the queue ${name}`);
      return url;
    },
  };
}
