import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, type CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { functionName, plainName } from '../../events/names.ts';
import type { FunctionPath, ScheduleTrigger } from '../../events/triggers.ts';
import { defined } from '../../shared/kernel/defined.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import type { Stage } from '../stages.ts';
import { keyWriting, sourceAccountCondition } from './encryption-key.ts';
import { type CalledQueues, JourneyFunction } from './journey-function.ts';
import type { ParkingQueues } from './parking-queue.ts';
import { keyStatements } from './permissions.ts';
import { usageSettings } from './usage-settings.ts';

export interface ScheduleProps {
  readonly id: FunctionPath;
  readonly trigger: ScheduleTrigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly parking: ParkingQueues;
  readonly group: CfnScheduleGroup;
  /** The queues to which it sends. */
  readonly queues: CalledQueues;
  /** The id of the stage's HTTP API. */
  readonly apiId: string;
}

/** The bounds of an event's age in seconds, of EventBridge Scheduler and of Lambda. */
const MIN_AGE = 60;
const MAX_AGE_AT_SCHEDULER = 24 * 3_600;
const MAX_AGE_AT_LAMBDA = 6 * 3_600;

/**
 * A function that the clock starts, by a schedule with a role that may start this function only. A start that can't be
 * handed over, or that waits for longer than a period, or whose run fails, is parked: the next run does its work.
 */
export class Schedule extends Construct {
  constructor(scope: Construct, { id, trigger, stage, data, parking, group, queues, apiId }: ScheduleProps) {
    super(scope, `${plainName(id)}Schedule`);
    const { undelivered } = parking;
    const { periodSeconds } = trigger;
    const { handler } = new JourneyFunction(scope, {
      id,
      trigger,
      stage,
      data,
      queues,
      statements: [undelivered.sending(), ...leaseStatements(functionName(stage.name, id), data)],
      environment: {
        PERIOD_SECONDS: String(periodSeconds),
        ...(trigger.fetchesRates === true ? rateAddresses(stage) : {}),
        ...(trigger.counts === true ? usageSettings(this, { apiId, log: data.log }) : {}),
      },
    });
    // Without this, Lambda would run a failed start twice more, beside the next one, and drop it then without a word.
    new CfnEventInvokeConfig(this, 'Starts', {
      functionName: handler.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: within(periodSeconds, MAX_AGE_AT_LAMBDA),
      destinationConfig: { onFailure: { destination: undelivered.queueArn } },
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: sourceAccountCondition(this),
      }),
      description: `Starts ${id} by the clock`,
      inlinePolicies: {
        Start: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }),
            undelivered.sending(),
          ],
        }),
      },
    });
    new CfnSchedule(this, 'Schedule', {
      name: functionName(stage.name, id),
      description: trigger.does,
      groupName: group.ref,
      scheduleExpression: trigger.expression,
      scheduleExpressionTimezone: trigger.timeZone,
      ...(isStarted(trigger, stage) ? {} : { state: 'DISABLED' }),
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: handler.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: undelivered.queueArn },
        // The next run also does the work of a run that failed, so one retry is enough.
        retryPolicy: {
          maximumRetryAttempts: 1,
          maximumEventAgeInSeconds: within(periodSeconds, MAX_AGE_AT_SCHEDULER),
        },
      },
    });
  }
}

/** Whether the clock starts a job in this stage. Somebody may start it by hand otherwise. */
export const isStarted = ({ fetchesRates }: ScheduleTrigger, stage: Pick<Stage, 'startsRatesJob'>): boolean =>
  fetchesRates !== true || stage.startsRatesJob;

/** The addresses as settings of the function. Those that the stage leaves out are not set. */
function rateAddresses({ rateFiles: { ecbDaily, ecbHistory, hmrc } }: Stage): Record<string, string> {
  return defined({ RATES_ECB_DAILY: ecbDaily, RATES_ECB_HISTORY: ecbHistory, RATES_HMRC: hmrc });
}

const within = (seconds: number, max: number): number => Math.min(Math.max(seconds, MIN_AGE), max);

/** Lets a job write its own lease, and no other item for that. */
function leaseStatements(job: string, data: StatefulStack): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [data.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`JOB#${job}`] } },
    }),
    ...keyStatements(keyWriting, data),
  ];
}
