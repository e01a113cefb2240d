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

/** The alarms that jobs ask for, each with its job. */
export function jobAlarms(triggers: readonly TriggerEntry[]) {
  return triggers.flatMap(([functionId, trigger]) =>
    trigger.kind === 'schedule' ? (trigger.alarms ?? []).map((alarm) => ({ ...alarm, functionId })) : [],
  );
}

/** Counts log lines of functions by the code in each line. */
export class LogMetrics extends Construct {
  private readonly stage: StageName;

  /** Metrics of the log lines that jobs ask to count. */
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

  /** The number of notices with this code. */
  notices(notice: Notice['code']) {
    return ownMetric(this.stage, 'Notice', { notice });
  }

  /** The number of times that the bus refused facts. The stream delivers such facts again. */
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

  // A notice is counted by its own code. Its log line has that code beside the code of the line.
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

// Only functions that read data from partners give notices.
function mayReport(trigger: Trigger): boolean {
  return trigger.kind === 'bus' || (trigger.secrets ?? []).some((name) => name.startsWith('partners-'));
}
