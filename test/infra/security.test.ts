import { App, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { acknowledge } from '../../infra/constructs/acknowledge.ts';
import { stageNames } from '../../infra/stages.ts';
import { synthesise } from './synthesise.ts';

describe('the security rules', () => {
  it.each(stageNames)('find nothing in the stacks of %s, and the exceptions are well-formed', (stage) => {
    // The synthesis itself throws on a finding of the rules or of CloudFormation's schemas.
    const { app } = synthesise(stage, { checkSchemas: true });
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  it('find nothing where a stage has its own key and a dashboard', () => {
    const context = { ownKey: 'true', dashboard: 'true' };
    const { app } = synthesise('production', { checkSchemas: true, context });
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  it('stop the synthesis if they find something', () => {
    const { app, journey } = synthesise();
    new Queue(journey, 'Careless');
    expect(() => app.synth({ force: true })).toThrow(/does not have a DLQ enabled[\s\S]*Journey\/Careless/);
  });

  it('accept a finding only with a reason', () => {
    const stack = new Stack(new App(), 'Stack');
    const queue = new Queue(stack, 'Careless');
    expect(() => acknowledge(queue, 'AwsSolutions-SQS3', 'not needed')).toThrow(/does not say why/);
  });

  it('have the reason of each accepted finding at the construct that it concerns', () => {
    const { app } = synthesise();
    const reasons = app.node.findAll().flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Record<string, string>))
        .map(([rule, reason]) => ({ at: construct.node.path, rule, reason })),
    );
    expect(reasons.length).toBeGreaterThan(0);
    for (const { at, reason } of reasons) {
      expect(reason.length, at).toBeGreaterThan(40);
      expect(at.split('/').length, at).toBeGreaterThan(1);
    }
  });
});
