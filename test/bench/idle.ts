import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../infra/build-app.ts';
import type { StageName } from '../../infra/stages.ts';
import { prices } from '../../shared/usage/index.ts';

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

const MONTH_HOURS = MONTH_SECONDS / 3_600;
const GB = 1_073_741_824;

/** The list price of one unit, in millionths of a US dollar. The free tier is not subtracted. */
const each = (unit: keyof typeof prices): number => prices[unit].microUsd / prices[unit].per;

/** What an order never uses, and so is in no other bill: list prices in us-east-1, as published in August 2025. */
const OTHER_PRICES = {
  /** CloudWatch: a custom metric that has data all month. */
  customMetric: 300_000,
  /** CloudWatch Logs: the storage of a GB until the end of the month. */
  logStorageGb: 30_000,
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
const IDLE_RUN = { mbMs: 256 * 120, readUnits: 4.5, writeUnits: 2, logBytes: 216 };

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
  const price = (what: string, count: number, ofOne: number): IdleLine => ({
    what,
    count,
    microUsd: Math.round(count * ofOne),
  });
  const alarms = ofType('AWS::CloudWatch::Alarm');
  const polled = ofType('AWS::Lambda::EventSourceMapping').filter(
    ({ Properties }) => Properties?.StartingPosition === undefined,
  );
  const runs = ofType('AWS::Scheduler::Schedule').reduce((all, schedule) => all + runsOf(schedule), 0);
  const monthOf = (unit: keyof typeof prices) => each(unit) * MONTH_HOURS;
  return [
    price('alarms, of one metric each', alarms.length, monthOf('cloudwatch.alarmHours')),
    price('dashboards', ofType('AWS::CloudWatch::Dashboard').length, monthOf('cloudwatch.dashboardHours')),
    price('custom metrics with data (filters count only faults)', 0, OTHER_PRICES.customMetric),
    price('keys of our own', ofType('AWS::KMS::Key').length, monthOf('kms.keyHours')),
    price('secrets', ofType('AWS::SecretsManager::Secret').length, monthOf('secrets.hours')),
    price(
      `requests to ${polled.length} queues without messages`,
      polled.length * POLLS_A_MONTH,
      each('sqs.requests'),
    ),
    price('starts by the scheduler', runs, each('scheduler.invocations')),
    price('runs of jobs: requests', runs, each('lambda.requests')),
    price('runs of jobs: 0.12 s with 256 MB each', runs, each('lambda.mbMs') * IDLE_RUN.mbMs),
    price(
      'runs of jobs: 4.5 read units and 2 write units each',
      runs,
      each('dynamodb.readUnits') * IDLE_RUN.readUnits + each('dynamodb.writeUnits') * IDLE_RUN.writeUnits,
    ),
    price(
      'runs of jobs: 216 bytes of log each',
      runs,
      (each('logs.bytes') + OTHER_PRICES.logStorageGb / GB) * IDLE_RUN.logBytes,
    ),
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
