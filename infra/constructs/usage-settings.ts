import { CfnResource, Lazy } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Standing } from '../../shared/usage/index.ts';

/** The types of the resources that are billed by the hour. */
const STANDING_TYPES = {
  alarms: 'AWS::CloudWatch::Alarm',
  dashboards: 'AWS::CloudWatch::Dashboard',
  keys: 'AWS::KMS::Key',
  secrets: 'AWS::SecretsManager::Secret',
} as const satisfies Record<keyof Standing, string>;

/**
 * The settings of the function that counts what AWS bills. The resources that are billed by the hour are counted when
 * the templates are written: those of all stacks are there by then.
 */
export const usageSettings = (
  scope: Construct,
  { apiId, log }: { readonly apiId: string; readonly log: ILogGroup },
): Record<string, string> => ({
  API_ID: apiId,
  LOG_GROUP: log.logGroupName,
  STANDING: Lazy.string({ produce: () => JSON.stringify(standingOf(scope)) }),
});

function standingOf(scope: Construct): Standing {
  const types = scope.node.root.node
    .findAll()
    .flatMap((each) => (CfnResource.isCfnResource(each) ? [each.cfnResourceType] : []));
  const numberOf = (kind: keyof Standing) => types.filter((type) => type === STANDING_TYPES[kind]).length;
  return {
    alarms: numberOf('alarms'),
    dashboards: numberOf('dashboards'),
    keys: numberOf('keys'),
    secrets: numberOf('secrets'),
  };
}
