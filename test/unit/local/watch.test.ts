import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../infra/local/cloud-parts.ts';
import { createWatch } from '../../../infra/local/watching/watch.ts';

const MINUTE_MS = 60_000;
const metric = { namespace: 'AWS/SQS', name: 'Depth', dimensions: { QueueName: 'parked' } };

const declared = {
  AlarmName: 'Parked',
  AlarmDescription: 'Work was given up.',
  Threshold: 2,
  EvaluationPeriods: 2,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  Namespace: 'AWS/SQS',
  MetricName: 'Depth',
  Dimensions: [{ Name: 'QueueName', Value: 'parked' }],
  Period: 60,
  Statistic: 'Sum',
};

/** A watch over one alarm. The test sets its time. */
function watchOver(changed: Readonly<Record<string, unknown>> = {}) {
  const resource: Resource = {
    logicalId: 'Alarm',
    stack: 'test',
    type: 'AWS::CloudWatch::Alarm',
    properties: { ...declared, ...changed },
    ref: 'Alarm',
    attributes: {},
  };
  const clock = { nowMs: 1_000 * MINUTE_MS };
  const watch = createWatch({
    resources: [resource],
    dataDir: '/nowhere',
    log: () => undefined,
    now: () => clock.nowMs,
    depths: () => ({}),
  });
  return { clock, watch, state: () => watch.alarms()[0] };
}

describe('an alarm', () => {
  it('is raised when the sum reaches the threshold in each of its periods, and ends afterwards', () => {
    const { clock, watch, state } = watchOver();
    watch.observe(metric, 1);
    watch.observe(metric, 1);
    expect(state()).toMatchObject({ value: 2, isRaised: false });
    clock.nowMs += MINUTE_MS;
    watch.observe(metric, 1);
    expect(state()).toMatchObject({ value: 1, isRaised: false });
    watch.observe(metric, 1);
    expect(state()).toMatchObject({ value: 2, isRaised: true });
    clock.nowMs += MINUTE_MS;
    expect(state()).toMatchObject({ isRaised: false });
    expect(state()).not.toHaveProperty('value');
  });

  it('reads only its own metric', () => {
    const { watch, state } = watchOver({ EvaluationPeriods: 1 });
    watch.observe({ ...metric, dimensions: { QueueName: 'other' } }, 5);
    watch.observe({ ...metric, name: 'Age' }, 5);
    expect(state()).toMatchObject({ isRaised: false });
  });

  it('of a job is raised when nothing was counted for a whole period', () => {
    const silence = { ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching', Threshold: 1 };
    const { clock, watch, state } = watchOver({ ...silence, EvaluationPeriods: 1 });
    expect(state()).toMatchObject({ isRaised: false });
    clock.nowMs += MINUTE_MS;
    expect(state()).toMatchObject({ isRaised: true });
    watch.observe(metric, 1);
    expect(state()).toMatchObject({ isRaised: false });
  });

  it.each([
    { Statistic: 'p99' },
    { TreatMissingData: 'ignore' },
    { ComparisonOperator: 'GreaterThanThreshold' },
    { Unit: 'Seconds' },
    { Metrics: [{ Id: 'e1', Expression: 'SUM([m1, m2])' }] },
  ])('is refused at the start if the local cloud does not know it: %o', (changed) => {
    expect(() => watchOver(changed)).toThrow('Alarm (AWS::CloudWatch::Alarm) is not understood');
  });
});
