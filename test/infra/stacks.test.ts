import { describe, expect, it } from 'vitest';
import { functionName } from '../../events/names.ts';
import { type TriggerEntry, triggerList } from '../../events/triggers.ts';
import { ownStackNames, ownStackOf, ownStacks } from '../../infra/stacks/own-stacks.ts';
import { stageNames } from '../../infra/stages.ts';
import { synthesise } from './synthesise.ts';

/** CloudFormation takes 500 (its quotas). The rest is room for a feature that comes in one change. */
const MAX_RESOURCES = 450;

const named = (stacks: ReturnType<typeof synthesise>['stacks'], part: string) =>
  stacks.find(({ stackName }) => stackName.endsWith(`-${part}`))?.resources ?? {};
const functionsIn = (resources: ReturnType<typeof named>) =>
  Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => Properties.FunctionName);

describe('the stacks of a stage', () => {
  it.each(stageNames)('leave room for more: %s', (stage) => {
    const context = stage === 'local' ? {} : { ownKey: 'true', dashboard: 'true' };
    for (const { stackName, resources } of synthesise(stage, { context }).stacks)
      expect(Object.keys(resources).length, stackName).toBeLessThanOrEqual(MAX_RESOURCES);
  });

  it('have each function once, in the stack of its folder', () => {
    const { stacks } = synthesise('sandbox');
    const nameOf = ([id]: TriggerEntry) => functionName('sandbox', id);
    const namesOf = (stack: string | undefined) =>
      triggerList
        .filter((entry) => ownStackOf(entry) === stack)
        .map(nameOf)
        .sort();
    expect(functionsIn(named(stacks, 'journey')).sort()).toEqual(namesOf(undefined));
    for (const stack of ownStackNames) {
      expect(namesOf(stack).length).toBeGreaterThan(0);
      expect(functionsIn(named(stacks, stack.toLowerCase())).sort()).toEqual(namesOf(stack));
    }
    expect(Object.keys(ownStacks)).toEqual(['replenishment', 'setup', 'catalogue', 'stock']);
  });

  it('are deployed after the stack of the journey, which gives up what moves', () => {
    const { app } = synthesise('sandbox');
    const { stacks } = app.synth();
    const dependencies = (id: string) =>
      stacks.find((stack) => stack.id === id)?.dependencies.map((each) => each.id) ?? [];
    for (const stack of ownStackNames) {
      expect(dependencies(stack)).toContain('Journey');
      expect(dependencies('Journey')).not.toContain(stack);
    }
  });

  it('share the parking queues and the group of schedules', () => {
    const { stacks, targetOf } = synthesise('sandbox');
    const own = Object.values(named(stacks, 'replenishment'));
    const shared = named(stacks, 'journey');
    expect(own.map(({ Type }) => Type)).not.toContain('AWS::Scheduler::ScheduleGroup');
    const schedules = own.filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
    expect(schedules.length).toBeGreaterThan(0);
    for (const { Properties } of schedules) {
      expect(shared[targetOf(Properties.GroupName) ?? '']?.Type).toBe('AWS::Scheduler::ScheduleGroup');
      const { DeadLetterConfig } = Properties.Target as { DeadLetterConfig: { Arn: unknown } };
      const parking = shared[targetOf(DeadLetterConfig.Arn) ?? ''];
      expect(parking?.Properties.QueueName).toBe('entrepot-sandbox-parked-undelivered');
    }
  });

  it('refuse a function that sends to a stack that is deployed later', () => {
    const triggers = triggerList.map(([id, trigger]): TriggerEntry => {
      return id === 'reports/get-report' ? [id, { ...trigger, sends: ['reports'] }] : [id, trigger];
    });
    const later: TriggerEntry = [
      'replenishment/make-late-report',
      { kind: 'queue', does: 'makes a report', reports: true },
    ];
    expect(() => synthesise('local', { triggers: [...triggers, later] })).toThrow(
      /sends to replenishment\/make-late-report, whose stack is deployed later/,
    );
  });
});
