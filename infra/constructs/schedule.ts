import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, type CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { FunctionPath, ScheduleTrigger } from '../../events/triggers.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import type { Stage } from '../stages.ts';
import { sourceAccountCondition } from './encryption-key.ts';
import { JourneyFunction } from './journey-function.ts';
import { functionName, plainName } from './names.ts';
import { ParkingQueues } from './parking-queue.ts';

export interface ScheduleProps {
  readonly id: FunctionPath;
  readonly trigger: ScheduleTrigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly group: CfnScheduleGroup;
}

/** A function that a schedule starts. The schedule's role may start this function only. */
export class Schedule extends Construct {
  constructor(scope: Construct, { id, trigger, stage, data, group }: ScheduleProps) {
    super(scope, `${plainName(id)}Schedule`);
    const { undelivered } = ParkingQueues.of(this, stage.name);
    const { handler } = new JourneyFunction(scope, { id, trigger, stage, data });
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
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: handler.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: undelivered.queueArn },
        // The next run also does the work of a run that failed, so one retry is enough.
        retryPolicy: { maximumRetryAttempts: 1, maximumEventAgeInSeconds: 300 },
      },
    });
  }
}
