import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FunctionPath, StreamTrigger, Trigger } from '../../events/triggers.ts';
import type { StageName } from '../stages.ts';
import { type AlarmProps, JourneyAlarm } from './alarm.ts';
import { functionMetrics, queueMetrics } from './metrics.ts';
import { deadLetterName, functionName, plainName } from './names.ts';

/** A message should wait at most this number of seconds for its function. */
const OLD_MESSAGE_SECONDS = 300;
/** How far the relay may be behind the table, in milliseconds. */
const RELAY_BEHIND_MS = 60_000;
const SOME_ERRORS = 3;
const SOME_THROTTLES = 10;

export interface FunctionAlarmsProps {
  readonly id: FunctionPath;
  readonly trigger: Trigger;
  readonly stage: StageName;
  readonly topic: ITopic;
}

/** The alarms of one function: its errors and throttles, and the queues around it. */
export class FunctionAlarms extends Construct {
  private readonly props: FunctionAlarmsProps;

  constructor(scope: Construct, props: FunctionAlarmsProps) {
    super(scope, plainName(props.id));
    this.props = props;
    const { id, trigger, stage } = props;
    const metrics = functionMetrics(stage, id);
    this.add('Errors', {
      metric: metrics.errors,
      atLeast: SOME_ERRORS,
      impact: `${impactOf(trigger)} This function fails: it ${trigger.does}.`,
      runbook: 'function-errors',
    });
    this.add('Throttles', {
      metric: metrics.throttles,
      atLeast: SOME_THROTTLES,
      impact: `${impactOf(trigger)} Lambda throttles this function: it ${trigger.does}.`,
      runbook: 'function-throttles',
    });
    if (trigger.kind === 'bus') this.addQueueAge();
    if (trigger.kind === 'stream') this.addRelayAge(trigger);
    if (parks(trigger)) this.addDeadLetters();
  }

  private addQueueAge(): void {
    const { id, stage, trigger } = this.props;
    this.add('QueueAge', {
      metric: queueMetrics(functionName(stage, id)).ageSeconds,
      atLeast: OLD_MESSAGE_SECONDS,
      periods: 3,
      impact: `Orders wait for this function: it ${trigger.does}.`,
      runbook: 'queue-age',
    });
  }

  private addRelayAge(trigger: StreamTrigger): void {
    const { id, stage } = this.props;
    this.add('Behind', {
      metric: functionMetrics(stage, id).iteratorAgeMs,
      atLeast: RELAY_BEHIND_MS,
      periods: 3,
      impact: impactsOfLateRelay[trigger.watches],
      runbook: 'relay-behind',
    });
  }

  private addDeadLetters(): void {
    const { id, stage, trigger } = this.props;
    this.add('DeadLetters', {
      metric: queueMetrics(deadLetterName(stage, id)).depth,
      atLeast: 1,
      impact: `This function gave up work, and a person has to repeat it: it ${trigger.does}.`,
      runbook: 'dead-letters',
    });
  }

  private add(what: string, alarm: Omit<AlarmProps, 'name' | 'topic'>): void {
    const { id, stage, topic } = this.props;
    new JourneyAlarm(this, what, { ...alarm, topic, name: `${functionName(stage, id)} ${what}` });
  }
}

const impactsOfLateRelay: Readonly<Record<StreamTrigger['watches'], string>> = {
  facts: 'Facts reach every stage late, so all orders are delayed.',
  stock: 'Storefronts learn late that goods are out of stock or in stock again. No order waits for this.',
};

/** Whether the input of failed invocations is kept in a queue of the function. */
export function parks(trigger: Trigger): boolean {
  return trigger.kind === 'bus' || trigger.kind === 'stream' || trigger.kind === 'schedule';
}

function impactOf(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'http':
      return whoCalls(trigger.access.kind);
    case 'authorizer':
      return 'No storefront can use the API.';
    case 'bus':
      return 'Orders stop at this step until the sweep of late work repeats it.';
    case 'stream':
      return trigger.watches === 'facts'
        ? 'All orders stop: no fact reaches a stage.'
        : 'Storefronts do not learn that goods are out of stock or in stock again.';
    case 'schedule':
      return trigger.impact;
  }
}

function whoCalls(access: 'scope' | 'storefront' | 'signature' | 'public'): string {
  const impacts = {
    scope: 'Operators get errors.',
    storefront: 'Shoppers get errors.',
    signature: "Partners' calls are not stored. The partners repeat them later.",
    public: 'The health check or the documentation does not answer.',
  };
  return impacts[access];
}
