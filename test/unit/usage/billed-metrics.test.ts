import { describe, expect, it } from 'vitest';
import { triggerList } from '../../../events/triggers.ts';
import { billedMetrics } from '../../../shared/usage/billed-metrics.ts';
import { usageOfHours } from '../../../shared/usage/usage-of-hours.ts';

const names = {
  ...{ stage: 'sandbox', table: 'entrepot-sandbox', indexes: ['due'], apiId: 'a1b2' },
  ...{ deliveryStream: 'entrepot-lake', logGroup: '/aws/lambda/entrepot-sandbox' },
};
const metrics = billedMetrics(names, [
  [
    '1-quote/post-quote',
    { kind: 'http', method: 'POST', path: '/', access: { kind: 'public' }, does: '', memoryMb: 1024 },
  ],
  ['3-payment/on-order-stopped', { kind: 'queue', does: '' }],
  [
    'stock/every-5-minutes-rebalance-stock',
    {
      kind: 'schedule',
      expression: 'rate(5 minutes)',
      timeZone: 'UTC',
      periodSeconds: 300,
      impact: '',
      does: '',
    },
  ],
]);
const metricOf = (name: string, dimension: string) => {
  const found = metrics.find(
    (each) => each.name === name && Object.values(each.dimensions).includes(dimension),
  );
  if (found === undefined) throw new Error(`${name} of ${dimension} is not asked for`);
  return found;
};
const hour = '2026-11-28T10:00:00.000Z';
const nothing = { alarms: 0, dashboards: 0, keys: 0, secrets: 0 };

describe('the metrics that the bill follows from', () => {
  it('are of every function, its queue, the table with each index, the API, the log, the clock and the lake', () => {
    const asked = metrics.map(({ namespace, name, dimensions }) =>
      [namespace, name, ...Object.values(dimensions)].join(' '),
    );
    expect(asked).toEqual([
      'AWS/Lambda Invocations entrepot-sandbox-QuotePostQuote',
      'AWS/Lambda Duration entrepot-sandbox-QuotePostQuote',
      'AWS/Lambda Invocations entrepot-sandbox-PaymentOnOrderStopped',
      'AWS/Lambda Duration entrepot-sandbox-PaymentOnOrderStopped',
      'AWS/SQS NumberOfMessagesSent entrepot-sandbox-PaymentOnOrderStopped',
      'AWS/SQS NumberOfMessagesReceived entrepot-sandbox-PaymentOnOrderStopped',
      'AWS/SQS NumberOfMessagesDeleted entrepot-sandbox-PaymentOnOrderStopped',
      'AWS/SQS NumberOfEmptyReceives entrepot-sandbox-PaymentOnOrderStopped',
      'AWS/Lambda Invocations entrepot-sandbox-StockEvery5MinutesRebalanceStock',
      'AWS/Lambda Duration entrepot-sandbox-StockEvery5MinutesRebalanceStock',
      'AWS/DynamoDB ConsumedReadCapacityUnits entrepot-sandbox',
      'AWS/DynamoDB ConsumedWriteCapacityUnits entrepot-sandbox',
      'AWS/DynamoDB ConsumedReadCapacityUnits entrepot-sandbox due',
      'AWS/DynamoDB ConsumedWriteCapacityUnits entrepot-sandbox due',
      'AWS/ApiGateway Count a1b2',
      'AWS/Logs IncomingBytes /aws/lambda/entrepot-sandbox',
      'AWS/Scheduler InvocationAttemptCount entrepot-sandbox',
      'AWS/Firehose IncomingBytes entrepot-lake',
      'AWS/Firehose IncomingRecords entrepot-lake',
      'AWS/Firehose DeliveryToS3.Success entrepot-lake',
    ]);
  });

  it('of all functions are few enough for one request', () => {
    expect(billedMetrics(names, triggerList).length).toBeLessThanOrEqual(500);
  });
});

describe('what was used in an hour', () => {
  it('is the sum of its metrics by unit and part, in thousandths', () => {
    const quote = 'entrepot-sandbox-QuotePostQuote';
    const queue = 'entrepot-sandbox-PaymentOnOrderStopped';
    const job = 'entrepot-sandbox-StockEvery5MinutesRebalanceStock';
    const hours = usageOfHours(
      [
        { metric: metricOf('Duration', quote), hour, sum: 41.5 },
        { metric: metricOf('Duration', job), hour, sum: 10 },
        { metric: metricOf('NumberOfMessagesSent', queue), hour, sum: 3 },
        { metric: metricOf('NumberOfMessagesReceived', queue), hour, sum: 2 },
        { metric: metricOf('NumberOfEmptyReceives', queue), hour, sum: 900 },
        { metric: metricOf('ConsumedReadCapacityUnits', 'entrepot-sandbox'), hour, sum: 4.5 },
        { metric: metricOf('ConsumedReadCapacityUnits', 'due'), hour, sum: 0.5 },
        { metric: metricOf('IncomingBytes', 'entrepot-lake'), hour, sum: 700 },
        { metric: metricOf('IncomingRecords', 'entrepot-lake'), hour, sum: 1 },
        { metric: metricOf('Count', 'a1b2'), hour, sum: 0 },
      ],
      nothing,
    );

    expect(hours).toEqual([
      {
        hour,
        units: [
          // 4.5 of the table and 0.5 of its index.
          { unit: 'dynamodb.readUnits', part: 'all', isFixed: false, thousandths: 5_000 },
          // 700 bytes, and at most a step of 5 x 1,024 more for the one record.
          { unit: 'firehose.bytes', part: 'all', isFixed: false, thousandths: 5_820_000 },
          // 41.5 ms x 1,024 MB.
          { unit: 'lambda.mbMs', part: 'quote', isFixed: false, thousandths: 42_496_000 },
          // A job has 256 MB if it declares none, and runs without any order.
          { unit: 'lambda.mbMs', part: 'stock', isFixed: true, thousandths: 2_560_000 },
          { unit: 'sqs.requests', part: 'payment', isFixed: false, thousandths: 5_000 },
          { unit: 'sqs.requests', part: 'payment', isFixed: true, thousandths: 900_000 },
        ],
      },
    ]);
  });

  it('has what stands there by the hour, in hours that have any figure', () => {
    const before = '2026-11-28T09:00:00.000Z';
    const hours = usageOfHours(
      [
        { metric: metricOf('Count', 'a1b2'), hour, sum: 1 },
        { metric: metricOf('Count', 'a1b2'), hour: before, sum: 0 },
      ],
      { alarms: 42, dashboards: 1, keys: 0, secrets: 5 },
    );

    expect(hours).toEqual([
      {
        hour,
        units: [
          { unit: 'httpApi.requests', part: 'all', isFixed: false, thousandths: 1_000 },
          { unit: 'cloudwatch.alarmHours', part: 'all', isFixed: true, thousandths: 42_000 },
          { unit: 'cloudwatch.dashboardHours', part: 'all', isFixed: true, thousandths: 1_000 },
          { unit: 'secrets.hours', part: 'all', isFixed: true, thousandths: 5_000 },
        ],
      },
    ]);
  });
});
