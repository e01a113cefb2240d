import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { functionName } from '../../events/names.ts';
import type { FunctionPath } from '../../events/triggers.ts';
import type { StageName } from '../stages.ts';

const FIVE_MINUTES = Duration.minutes(5);
const ONE_MINUTE = Duration.minutes(1);

/** Metrics of one function. They use only its name, so that the stacks do not depend on each other. */
export function functionMetrics(stage: StageName, id: FunctionPath) {
  const of = (metricName: string, options: MetricOptions) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: functionName(stage, id) },
      period: FIVE_MINUTES,
      ...options,
    });
  return {
    invocations: of('Invocations', { statistic: 'Sum' }),
    errors: of('Errors', { statistic: 'Sum' }),
    throttles: of('Throttles', { statistic: 'Sum' }),
    durationMs: of('Duration', { statistic: 'p95' }),
    /** The time by which a function is behind the stream, in milliseconds. */
    iteratorAgeMs: of('IteratorAge', { statistic: 'Maximum', period: ONE_MINUTE }),
  };
}

/** Refused invocations of all functions of the account: they share its concurrency. */
export function throttlesOfAccount() {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Throttles',
    statistic: 'Sum',
    period: FIVE_MINUTES,
  });
}

/** Metrics of one queue by its name. */
export function queueMetrics(queueName: string) {
  const of = (metricName: string) =>
    new Metric({
      namespace: 'AWS/SQS',
      metricName,
      dimensionsMap: { QueueName: queueName },
      statistic: 'Maximum',
      period: ONE_MINUTE,
    });
  return {
    ageSeconds: of('ApproximateAgeOfOldestMessage'),
    depth: of('ApproximateNumberOfMessagesVisible'),
  };
}

/** Metrics of one delivery stream by its name. */
export function deliveryMetrics(deliveryStreamName: string) {
  return {
    /** The age of the oldest record that is not in the bucket yet. */
    ageSeconds: new Metric({
      namespace: 'AWS/Firehose',
      metricName: 'DeliveryToS3.DataFreshness',
      dimensionsMap: { DeliveryStreamName: deliveryStreamName },
      statistic: 'Maximum',
      period: FIVE_MINUTES,
    }),
  };
}

/** Metrics of one table by its name. */
export function tableMetrics(tableName: string) {
  const of = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: tableName },
      statistic: 'Sum',
      period: FIVE_MINUTES,
    });
  return {
    readThrottles: of('ReadThrottleEvents'),
    writeThrottles: of('WriteThrottleEvents'),
  };
}

/** Metrics of the HTTP API. */
export function apiMetrics(apiId: string) {
  const of = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensionsMap: { ApiId: apiId },
      statistic,
      period: FIVE_MINUTES,
    });
  return {
    count: of('Count', 'Sum'),
    clientErrors: of('4xx', 'Sum'),
    serverErrors: of('5xx', 'Sum'),
    latencyMs: of('Latency', 'p95'),
  };
}

/** The namespace of our own metrics. Each stage has its own. */
export const ownNamespace = (stage: StageName) => `Entrepot/${stage}`;

/** A metric of our own that is counted from log lines. It has no dimension, so it counts the lines of all functions. */
export function ownMetric(stage: StageName, metricName: string, period = FIVE_MINUTES) {
  return new Metric({ namespace: ownNamespace(stage), metricName, statistic: 'Sum', period });
}
