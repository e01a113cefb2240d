import { join } from 'node:path';
import type { Invoke, InvokeResult, Log, Resource } from '../cloud-parts.ts';
import type { Mount } from '../front/http-listener.ts';
import { followLogs } from './follow-logs.ts';
import { createMetricStore, type MetricStore, type Observe } from './metrics.ts';
import { type Alarm, readAlarms } from './read-alarms.ts';
import { readMetricFilters } from './read-metric-filters.ts';

/** The state of one alarm. */
export interface AlarmState {
  readonly name: string;
  readonly description: string;
  readonly isRaised: boolean;
  /** The figure of the latest period; absent when there is no data. */
  readonly value?: number;
  readonly threshold: number;
}

/** The alarms of a running local cloud, as CloudWatch would evaluate them. */
export interface Watch {
  readonly observe: Observe;
  /** Invokes a function and counts the metrics that Lambda would count. */
  counting(invoke: Invoke): Invoke;
  /** The state of each alarm now. */
  alarms(): AlarmState[];
  /** Answers `GET /_local/alarms` with the alarms. */
  readonly mount: Mount;
  /** Begins to report each alarm that rings or ends, once. */
  start(): void;
  stop(): void;
}

export interface WatchOptions {
  readonly resources: readonly Resource[];
  readonly dataDir: string;
  readonly log: Log;
  readonly now: () => number;
  /** The number of visible messages of each queue, by name. */
  depths(): Readonly<Record<string, { readonly visible: number }>>;
}

const EVALUATION_MS = 10_000;

/**
 * Makes the watch. Throws an Error that names an alarm or a metric filter of the templates that the local cloud does
 * not understand.
 */
export function createWatch({ resources, dataDir, log, now, depths }: WatchOptions): Watch {
  const startedAt = now();
  const store = createMetricStore(now);
  const { observe } = store;
  const alarms = readAlarms(resources);
  const readLogs = followLogs(resources, readMetricFilters(resources), {
    logDir: join(dataDir, 'logs'),
    observe,
  });
  const raised = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function states(): AlarmState[] {
    readLogs();
    for (const [QueueName, { visible }] of Object.entries(depths()))
      observe(
        { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName } },
        visible,
      );
    // The period that ends now includes what was observed in this millisecond.
    return alarms.map((alarm) => stateOf(alarm, store, { startedAt, untilMs: now() + 1 }));
  }

  function report(): void {
    for (const { name, description, isRaised } of states()) {
      if (isRaised === raised.has(name)) continue;
      if (isRaised) raised.add(name);
      else raised.delete(name);
      const message = isRaised ? `${name} rings: ${description}` : `${name} has ended`;
      log({ level: isRaised ? 'error' : 'info', source: 'alarm', message });
    }
  }

  return {
    observe,
    counting: (invoke) => countInvocations(invoke, observe, now),
    alarms: states,
    mount: {
      prefix: '/_local/alarms',
      handle: (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(JSON.stringify({ alarms: states() }));
      },
    },
    start: () => {
      timer = setInterval(report, EVALUATION_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}

interface Moment {
  readonly startedAt: number;
  readonly untilMs: number;
}

function stateOf(alarm: Alarm, store: MetricStore, { startedAt, untilMs }: Moment): AlarmState {
  const { name, description, periodMs, periods, threshold, raisedWhen, missingRaises } = alarm;
  const { metric, statistic } = alarm;
  const values = Array.from({ length: periods }, (_, place) => {
    const endMs = untilMs - place * periodMs;
    return store.read(metric, statistic, { fromMs: endMs - periodMs, untilMs: endMs });
  });
  // A missing run is known only after the whole time.
  const mayMiss = missingRaises && untilMs - startedAt > periods * periodMs;
  const isRaised = values.every((value) => {
    if (value === undefined) return mayMiss;
    return raisedWhen === 'below' ? value < threshold : value >= threshold;
  });
  const [value] = values;
  return { name, description, isRaised, threshold, ...(value === undefined ? {} : { value }) };
}

function countInvocations(invoke: Invoke, observe: Observe, now: () => number): Invoke {
  return async (functionArn, event) => {
    const name = functionArn.startsWith('arn:') ? (functionArn.split(':')[6] ?? functionArn) : functionArn;
    const ageMs = streamAgeMs(event, now());
    if (ageMs !== undefined) observeBoth(observe, name, 'IteratorAge', ageMs);
    const result = await invoke(functionArn, event);
    for (const [metric, value] of countsOf(result)) observeBoth(observe, name, metric, value);
    return result;
  };
}

/** Lambda counts each metric for the function, and without a dimension for all functions of the account. */
function observeBoth(observe: Observe, functionName: string, name: string, value: number): void {
  observe({ namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName } }, value);
  observe({ namespace: 'AWS/Lambda', name }, value);
}

function countsOf({ error }: InvokeResult): [string, number][] {
  // A throttled invocation counts neither as an invocation nor as an error.
  if (error?.errorType === 'TooManyRequestsException') return [['Throttles', 1]];
  return [
    ['Invocations', 1],
    ['Errors', error === undefined ? 0 : 1],
  ];
}

/** The age of the last record of a batch from a stream. */
function streamAgeMs(event: unknown, nowMs: number): number | undefined {
  const records = (event as { Records?: { dynamodb?: { ApproximateCreationDateTime?: number } }[] } | null)
    ?.Records;
  const createdAt = records?.at(-1)?.dynamodb?.ApproximateCreationDateTime;
  return createdAt === undefined ? undefined : Math.max(0, nowMs - createdAt * 1_000);
}
