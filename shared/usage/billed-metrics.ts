import { folderOf, functionName, stageWide } from '../../events/names.ts';
import { DEFAULT_MEMORY_MB, type Trigger, type TriggerEntry } from '../../events/trigger.ts';
import type { BilledUnit } from './prices.ts';

/** A metric of CloudWatch, and what its sum says about the bill. */
export interface BilledMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: BilledUnit;
  /** The folder whose work it is, or {@link ALL_PARTS}. */
  readonly part: string;
  /** Whether it is used without any order as well. */
  readonly isFixed: boolean;
  /** The units that one of the sum stands for. */
  readonly unitsEach: number;
}

/** The part of what all functions share: the table, the API, the log, the lake. */
export const ALL_PARTS = 'all';

/** The names by which the metrics of a stage are found. */
export interface StageNames {
  readonly stage: string;
  readonly table: string;
  readonly indexes: readonly string[];
  readonly apiId: string;
  readonly deliveryStream: string;
  readonly logGroup: string;
}

/** Each record of a delivery stream is billed in steps of this size (Amazon Data Firehose pricing). */
const FIREHOSE_STEP_BYTES = 5 * 1_024;

/**
 * The metrics of a stage that its bill follows from. Where AWS bills calls of several messages and has metrics of
 * messages alone, as for SQS, each message is a call: the bill is then no less than the true one.
 */
export function billedMetrics(names: StageNames, triggers: readonly TriggerEntry[]): BilledMetric[] {
  return [
    ...triggers.flatMap(([id, trigger]) => ofFunction(names.stage, { id, trigger })),
    ...ofTable(names),
    metric('AWS/ApiGateway', 'Count', { ApiId: names.apiId }, { unit: 'httpApi.requests' }),
    metric('AWS/Logs', 'IncomingBytes', { LogGroupName: names.logGroup }, { unit: 'logs.bytes' }),
    metric(
      'AWS/Scheduler',
      'InvocationAttemptCount',
      { ScheduleGroup: stageWide(names.stage) },
      { unit: 'scheduler.invocations', isFixed: true },
    ),
    ...ofDeliveryStream(names.deliveryStream),
  ];
}

type Counted = Pick<BilledMetric, 'unit'> & Partial<Pick<BilledMetric, 'part' | 'isFixed' | 'unitsEach'>>;

const metric = (
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
  { unit, part = ALL_PARTS, isFixed = false, unitsEach = 1 }: Counted,
): BilledMetric => ({ namespace, name, dimensions, unit, part, isFixed, unitsEach });

function ofFunction(
  stage: string,
  { id, trigger }: { readonly id: TriggerEntry[0]; readonly trigger: Trigger },
): BilledMetric[] {
  const name = functionName(stage, id);
  // A job runs by the clock, whether there are orders or not.
  const of = { part: folderOf(id), isFixed: trigger.kind === 'schedule' };
  const dimensions = { FunctionName: name };
  const { memoryMb = DEFAULT_MEMORY_MB } = trigger;
  return [
    metric('AWS/Lambda', 'Invocations', dimensions, { unit: 'lambda.requests', ...of }),
    metric('AWS/Lambda', 'Duration', dimensions, { unit: 'lambda.mbMs', ...of, unitsEach: memoryMb }),
    ...(trigger.kind === 'queue' ? ofQueue(name, of.part) : []),
  ];
}

/** The calls of a queue: what Lambda asks in vain is there without any order. */
const ofQueue = (QueueName: string, part: string): BilledMetric[] =>
  (
    [
      ['NumberOfMessagesSent', false],
      ['NumberOfMessagesReceived', false],
      ['NumberOfMessagesDeleted', false],
      ['NumberOfEmptyReceives', true],
    ] as const
  ).map(([name, isFixed]) => metric('AWS/SQS', name, { QueueName }, { unit: 'sqs.requests', part, isFixed }));

/** The metrics of a table are of the table without its indexes, and each index has its own. */
function ofTable({ table: TableName, indexes }: StageNames): BilledMetric[] {
  const places = [{ TableName }, ...indexes.map((index) => ({ TableName, GlobalSecondaryIndexName: index }))];
  return places.flatMap((dimensions) => [
    metric('AWS/DynamoDB', 'ConsumedReadCapacityUnits', dimensions, { unit: 'dynamodb.readUnits' }),
    metric('AWS/DynamoDB', 'ConsumedWriteCapacityUnits', dimensions, { unit: 'dynamodb.writeUnits' }),
  ]);
}

/** The bytes, and a step for each record, because a record is rounded up to steps; and a request for each object. */
function ofDeliveryStream(DeliveryStreamName: string): BilledMetric[] {
  const dimensions = { DeliveryStreamName };
  return [
    metric('AWS/Firehose', 'IncomingBytes', dimensions, { unit: 'firehose.bytes' }),
    metric('AWS/Firehose', 'IncomingRecords', dimensions, {
      unit: 'firehose.bytes',
      unitsEach: FIREHOSE_STEP_BYTES,
    }),
    metric('AWS/Firehose', 'DeliveryToS3.Success', dimensions, { unit: 's3.puts' }),
  ];
}
