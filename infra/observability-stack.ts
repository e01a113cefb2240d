import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EncryptionKey } from './constructs/encryption-key.ts';
import type { Stage } from './stages.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly stage: Stage;
  readonly apiId: string;
}

/** Alarms and the dashboard of the journey. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { stage, apiId, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    new EncryptionKey(this, 'Key', {
      alias: `alias/entrepot-${stage.name}-alarms`,
      description: apiId,
      keep: false,
    });
  }
}
