import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionPath, JobAlarm, Trigger, TriggerEntry } from '../../events/triggers.ts';
import type { Notice } from '../../shared/kernel/report.ts';
import type { StageName } from '../stages.ts';
import { ownMetric, ownNamespace } from './metrics.ts';
import { functionName, plainName } from './names.ts';

export interface LogMetricsProps {
  readonly stage: StageName;
  readonly triggers: readonly TriggerEntry[];
}

/** The alarms that jobs ask for, each with the job that asks. */
export function jobAlarms(triggers: readonly TriggerEntry[]) {
  return triggers.flatMap(([functionId, trigger]) =>
    trigger.kind === 'schedule' ? (trigger.alarms ?? []).map((alarm) => ({ ...alarm, functionId })) : [],
  );
}

/** Counts lines of functions' logs by the code that each line carries. */
export class LogMetrics extends Construct {
  private readonly stage: StageName;

  /** Metrics of the log lines that jobs count. */
  readonly ofJobs: Readonly<Record<JobAlarm['name'], Metric>>;

  constructor(scope: Construct, id: string, { stage, triggers }: LogMetricsProps) {
    super(scope, id);
    this.stage = stage;
    const counted = jobAlarms(triggers);
    this.ofJobs = Object.fromEntries(counted.map(({ name }) => [name, ownMetric(stage, name)]));
    for (const { functionId, code, name } of counted) this.count(functionId, code, name);
    for (const [functionId, trigger] of triggers) {
      if (mayReport(trigger)) this.count(functionId, 'NOTICE', 'Notice');
      if (trigger.kind === 'stream') this.count(functionId, 'RELAY_FAILED', 'FailedPublish');
      if (trigger.kind === 'schedule') {
        this.count(functionId, 'COMPLETED', runsOf(functionId));
        this.count(functionId, 'JOB_WAS_SILENT', 'SilentJob');
      }
    }
  }

  /** How often a notice was given. */
  notices(notice: Notice['code']) {
    return ownMetric(this.stage, 'Notice', { notice });
  }

  /** How often the bus refused facts, which the stream then brings again. */
  get failedPublishes() {
    return ownMetric(this.stage, 'FailedPublish');
  }

  /** How often a job was completed: none in three of its periods means that it does not run. */
  runs(job: FunctionPath) {
    return ownMetric(this.stage, runsOf(job));
  }

  /** How often a job was found not to have been completed for three of its periods. */
  get silentJobs() {
    return ownMetric(this.stage, 'SilentJob');
  }

  // A notice is counted by its own code, which the line has beside the line's code.
  private count(id: FunctionPath, code: string, metricName: string): void {
    const notice = code === 'NOTICE';
    new CfnMetricFilter(this, `${plainName(id)}${metricName}`, {
      logGroupName: `/aws/lambda/${functionName(this.stage, id)}`,
      filterPattern: `{ $.code = "${code}" }`,
      metricTransformations: [
        {
          metricNamespace: ownNamespace(this.stage),
          metricName,
          metricValue: '1',
          ...(notice ? { dimensions: [{ key: 'notice', value: '$.notice' }] } : {}),
        },
      ],
    });
  }
}

const runsOf = (job: FunctionPath): string => `${plainName(job)}Runs`;

// Only functions that read partners' words and figures give notices.
function mayReport(trigger: Trigger): boolean {
  return trigger.kind === 'bus' || (trigger.secrets ?? []).some((name) => name.startsWith('partners-'));
}
