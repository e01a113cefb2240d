import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { stageWide } from '../../events/names.ts';
import type { Stage } from '../stages.ts';
import { removalOf } from './removal.ts';

/** The actions that are needed to read encrypted data. */
export const keyReading = ['kms:Decrypt', 'kms:DescribeKey'];
export const keyWriting = [
  ...keyReading,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** The actions that administrators of the account may be allowed to use on the key. Each is named. */
const administration = [
  ...keyWriting,
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:CreateGrant',
  'kms:DeleteAlias',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:ListRetirableGrants',
  'kms:PutKeyPolicy',
  'kms:RetireGrant',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/**
 * The stage's own key for its table, secrets and alarms. It is rotated every year. Its policy leaves the decision to
 * the policies of the account's roles. In the policy of a key, the resource `*` means this key only.
 */
export class EncryptionKey extends Key {
  constructor(scope: Construct, id: string, stage: Stage) {
    const account = new PolicyStatement({
      sid: 'AccountRolesDecide',
      principals: [new AccountRootPrincipal()],
      actions: administration,
      resources: ['*'],
    });
    // CloudWatch may not use AWS's own key for topics.
    const alarms = new PolicyStatement({
      sid: 'AlarmsAreEncrypted',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: sourceAccountCondition(scope),
    });
    super(scope, id, {
      alias: `alias/${stageWide(stage.name)}`,
      description: 'Orders, stock, secrets and alarms at rest',
      enableKeyRotation: true,
      removalPolicy: removalOf(stage),
      policy: new PolicyDocument({ statements: [account, alarms] }),
    });
  }
}

/** The condition under which an AWS service may use a key: only for resources of this account. */
export function sourceAccountCondition(scope: Construct): Record<string, Record<string, string>> {
  return { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
}
