import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { functionName, plainName, stageWide } from '../../events/names.ts';
import type { ScheduleTrigger, StreamTrigger, TriggerEntry } from '../../events/triggers.ts';
import type { UsedTable } from '../stacks/stateful-stack.ts';
import type { StageName } from '../stages.ts';
import { JourneyAlarm, type Runbook, SilenceAlarm } from './alarm.ts';
import { type CountedLines, countedLines, silentLines } from './counted-lines.ts';
import { LogMetrics } from './log-metrics.ts';
import {
  apiMetrics,
  deliveryMetrics,
  functionMetrics,
  ownMetric,
  queueMetrics,
  tableMetrics,
  throttlesOfAccount,
} from './metrics.ts';
import { parkingName } from './names.ts';

/** How far the relay may be behind the table, in milliseconds. */
const RELAY_BEHIND_MS = 60_000;
/** How old what waits for the lake may be, in seconds: it waits up to 20 minutes by itself. */
const LAKE_BEHIND_SECONDS = 3_600;
const LAKE_IMPACT =
  'Reports lack the facts of the last hours. No order waits for it. After a day, facts would be lost to the lake.';
/** Requests that are refused in five minutes when somebody floods the API or a caller's key became wrong. */
const MANY_REFUSED_REQUESTS = 1_000;
const SOME_THROTTLES = 10;

export interface JourneyAlarmsProps {
  readonly stage: StageName;
  readonly apiId: string;
  readonly table: UsedTable;
  /** The name of the lake's delivery stream. */
  readonly recordStream: string;
  /** The log of all functions. */
  readonly log: ILogGroup;
  readonly triggers: readonly TriggerEntry[];
  readonly topic: ITopic;
  /** Whether the clock starts the job in this stage. A job that nobody starts is not silent. */
  readonly isStarted: (job: ScheduleTrigger) => boolean;
}

interface ServiceAlarm {
  readonly metric: IMetric;
  readonly atLeast: number;
  readonly periods?: number;
  readonly impact: string;
  readonly runbook: Runbook;
}

/** The alarms of a stage: one for each kind of fault, over all functions. */
export class JourneyAlarms extends Construct {
  private readonly props: JourneyAlarmsProps;

  constructor(scope: Construct, id: string, props: JourneyAlarmsProps) {
    super(scope, id);
    this.props = props;
    const lines = countedLines(props.triggers);
    new LogMetrics(this, 'Lines', {
      stage: props.stage,
      log: props.log,
      lines: [...lines, ...silentLines(props.triggers)],
    });
    for (const each of lines) this.addCounted(each);
    for (const [name, alarm] of Object.entries(serviceAlarms(props))) this.add(name, alarm);
    for (const [functionId, trigger] of props.triggers)
      if (trigger.kind === 'schedule' && props.isStarted(trigger)) this.addSilence(functionId, trigger);
  }

  private addCounted({ name, atLeast, withinMinutes, impact, runbook }: CountedLines): void {
    const metric = ownMetric(this.props.stage, name, Duration.minutes(withinMinutes));
    this.add(name, { metric, atLeast, impact, runbook });
  }

  private add(name: string, alarm: Omit<ServiceAlarm, 'runbook'> & { readonly runbook: string }): void {
    const { stage, topic } = this.props;
    new JourneyAlarm(this, name, { ...alarm, topic, name: stageWide(stage, name) });
  }

  private addSilence(id: TriggerEntry[0], trigger: ScheduleTrigger): void {
    const { stage, topic } = this.props;
    new SilenceAlarm(this, `${plainName(id)}Silent`, {
      name: `${functionName(stage, id)} Silent`,
      metric: functionMetrics(stage, id).invocations.with({ period: silenceOf(trigger) }),
      impact: `${trigger.impact} The job does not start: it ${trigger.does}.`,
      runbook: 'silent-job',
      topic,
    });
  }
}

/** Alarms that read metrics of AWS's services. */
function serviceAlarms({
  stage,
  apiId,
  table: { tableName },
  recordStream,
  triggers,
}: JourneyAlarmsProps): Readonly<Record<string, ServiceAlarm>> {
  const api = apiMetrics(apiId);
  const table = tableMetrics(tableName);
  return {
    ApiErrors: {
      metric: api.serverErrors,
      atLeast: 1,
      impact: 'A caller of the API got a server error: a shopper may not be able to buy.',
      runbook: 'api-errors',
    },
    RefusedRequests: {
      metric: api.clientErrors,
      atLeast: MANY_REFUSED_REQUESTS,
      impact:
        'Very many requests are refused. Either a caller has a wrong key or sends too much, or somebody floods the API.',
      runbook: 'refused-requests',
    },
    FunctionThrottles: {
      metric: throttlesOfAccount(),
      atLeast: SOME_THROTTLES,
      impact: "The account's limit for functions is reached. Shoppers get errors and messages wait.",
      runbook: 'function-throttles',
    },
    TableReadThrottles: { metric: table.readThrottles, ...throttledTable },
    TableWriteThrottles: { metric: table.writeThrottles, ...throttledTable },
    ParkedFailed: parkedIn(queueMetrics(parkingName(stage, 'failed'))),
    ParkedUndelivered: parkedIn(queueMetrics(parkingName(stage, 'undelivered'))),
    ...Object.fromEntries(
      triggers.flatMap(([id, trigger]) =>
        trigger.kind === 'stream'
          ? [[`${plainName(id)}Behind`, behind(functionMetrics(stage, id), trigger)]]
          : [],
      ),
    ),
    LakeDeliveryBehind: {
      metric: deliveryMetrics(recordStream).ageSeconds,
      atLeast: LAKE_BEHIND_SECONDS,
      impact: LAKE_IMPACT,
      runbook: 'lake-behind',
    },
  };
}

// Each figure has an alarm of its own: one alarm over several metrics costs as much as one for each, and does not say
// which of them it was.
const throttledTable = {
  atLeast: SOME_THROTTLES,
  impact: 'The table refuses requests. Orders are placed and moved on slowly, or not at all.',
  runbook: 'table-throttles',
} as const;

const parkedIn = ({ depth }: ReturnType<typeof queueMetrics>): ServiceAlarm => ({
  metric: depth,
  atLeast: 1,
  impact: 'Work was given up after several attempts. A person has to repeat it.',
  runbook: 'parked-messages',
});

const behind = (
  { iteratorAgeMs }: ReturnType<typeof functionMetrics>,
  { watches }: StreamTrigger,
): ServiceAlarm => ({
  metric: iteratorAgeMs,
  periods: 3,
  ...(watches === 'lake'
    ? { atLeast: LAKE_BEHIND_SECONDS * 1_000, impact: LAKE_IMPACT, runbook: 'lake-behind' }
    : {
        atLeast: RELAY_BEHIND_MS,
        impact: 'New facts reach the next stages late, so orders are delayed, or storefronts see old stock.',
        runbook: 'relay-behind',
      }),
});

const MIN_SILENCE_SECONDS = 5 * 60;
/** CloudWatch counts over a day at most. */
const MAX_SILENCE_SECONDS = 24 * 3_600;

/** The time after which a job without a start is silent: three of its periods, five minutes to a day. */
function silenceOf({ periodSeconds }: ScheduleTrigger): Duration {
  const seconds = Math.max(3 * periodSeconds, MIN_SILENCE_SECONDS);
  return Duration.seconds(Math.min(seconds, MAX_SILENCE_SECONDS));
}
