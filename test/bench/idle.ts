import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../infra/build-app.ts';
import type { StageName } from '../../infra/stages.ts';

/** A resource of a template that may cost something without orders. */
export interface IdleResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** One line of the bill. The amount is in millionths of a US dollar a month. */
export interface IdleLine {
  readonly what: string;
  readonly count: number;
  readonly microUsd: number;
}

/** A month has 30 days here. */
const MONTH_SECONDS = 30 * 24 * 3_600;

/**
 * AWS list prices of a month in us-east-1, in millionths of a US dollar, as published in August 2025. The free tier is
 * not subtracted.
 */
const PRICES = {
  /** CloudWatch: each metric that a standard alarm reads. */
  alarmMetric: 100_000,
  dashboard: 3_000_000,
  /** CloudWatch: a custom metric that has data all month. */
  customMetric: 300_000,
  ownKey: 1_000_000,
  secret: 400_000,
  /** SQS: a million requests. */
  queueRequests: 400_000,
  /** EventBridge Scheduler: a million invocations. */
  schedules: 1_000_000,
  /** Lambda: a million requests. */
  invocations: 200_000,
  /** Lambda on arm64: a million GB-seconds. */
  gbSeconds: 13_333_400,
  /** DynamoDB: a million read units. */
  readUnits: 125_000,
  /** DynamoDB: a million write units. */
  writeUnits: 625_000,
  /** CloudWatch Logs: the ingestion of a GB, and its storage until the end of the month. */
  logGb: 530_000,
} as const;

/**
 * Requests a month to a queue without messages. Lambda has five pollers for each queue (AWS Lambda developer guide,
 * "Configuring scaling behavior for SQS event source mappings"), and each waits 20 seconds for a message.
 */
const POLLS_A_MONTH = 5 * (MONTH_SECONDS / 20);

/**
 * A run of the sweep that finds nothing to do. The local cloud counted at most 120 ms, 4.5 read units, 2 write
 * units for its lease, 216 bytes of log. Runs of other jobs take less.
 */
const IDLE_RUN = { seconds: 0.12, readUnits: 4.5, writeUnits: 2, logBytes: 216 };

/** Prints the cost of each deployed stage without any order, line by line. The last line of a stage is its sum. */
export async function benchIdle(print: (text: string) => void): Promise<void> {
  for (const stage of ['sandbox', 'production'] as const) {
    const lines = idleBill(synthesised(stage));
    print(`\n${stage}: a month without orders, at list price`);
    for (const { what, count, microUsd } of lines)
      print(`  ${String(count).padStart(9)}  ${what.padEnd(64)} ${usd(microUsd).padStart(6)}`);
    print(`idle ${stage} ${usd(sumOf(lines))}`);
  }
}

/** The sum of a bill in millionths of a US dollar. */
export const sumOf = (lines: readonly IdleLine[]): number =>
  lines.reduce((all, { microUsd }) => all + microUsd, 0);

const usd = (microUsd: number): string => (microUsd / 1_000_000).toFixed(2);

/** The fixed costs of the resources of a stage. */
export function idleBill(resources: readonly IdleResource[]): IdleLine[] {
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  const price = (what: string, count: number, each: number): IdleLine => ({
    what,
    count,
    microUsd: Math.round(count * each),
  });
  const alarms = ofType('AWS::CloudWatch::Alarm');
  const polled = ofType('AWS::Lambda::EventSourceMapping').filter(
    ({ Properties }) => Properties?.StartingPosition === undefined,
  );
  const runs = ofType('AWS::Scheduler::Schedule').reduce((all, each) => all + runsOf(each), 0);
  const million = (amount: number) => amount / 1_000_000;
  return [
    price('alarms, of one metric each', alarms.length, PRICES.alarmMetric),
    price('dashboards', ofType('AWS::CloudWatch::Dashboard').length, PRICES.dashboard),
    price('custom metrics with data (filters count only faults)', 0, PRICES.customMetric),
    price('keys of our own', ofType('AWS::KMS::Key').length, PRICES.ownKey),
    price('secrets', ofType('AWS::SecretsManager::Secret').length, PRICES.secret),
    price(
      `requests to ${polled.length} queues without messages`,
      polled.length * POLLS_A_MONTH,
      million(PRICES.queueRequests),
    ),
    price('starts by the scheduler', runs, million(PRICES.schedules)),
    price('runs of jobs: requests', runs, million(PRICES.invocations)),
    price('runs of jobs: 0.12 s with 256 MB each', runs, million(PRICES.gbSeconds) * IDLE_RUN.seconds * 0.25),
    price(
      'runs of jobs: 4.5 read units and 2 write units each',
      runs,
      million(PRICES.readUnits) * IDLE_RUN.readUnits + million(PRICES.writeUnits) * IDLE_RUN.writeUnits,
    ),
    price('runs of jobs: 216 bytes of log each', runs, (PRICES.logGb * IDLE_RUN.logBytes) / 1_073_741_824),
  ];
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** The runs of a schedule in a month. Throws an Error for a schedule that is not a rate. */
function runsOf({ Properties = {} }: IdleResource): number {
  const expression = String(Properties.ScheduleExpression);
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const seconds = Number(count) * (UNIT_SECONDS[unit] ?? Number.NaN);
  if (Number.isNaN(seconds)) throw new Error(`the runs of ${expression} are not known`);
  return MONTH_SECONDS / seconds;
}

/** The resources of a stage with the default settings, without bundles. */
export function synthesised(stage: Exclude<StageName, 'local'>): IdleResource[] {
  const outdir = mkdtempSync(join(tmpdir(), 'entrepot-idle-'));
  try {
    const context = {
      'aws:cdk:bundling-stacks': [],
      stage,
      alarmEmail: 'alarms@shop.test',
    };
    const { app } = buildApp({ outdir, context, checkSchemas: false });
    return app.synth().stacks.flatMap(({ template }) => {
      const { Resources } = template as { readonly Resources: Readonly<Record<string, IdleResource>> };
      return Object.values(Resources);
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
