import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { stageWide } from '../../events/names.ts';
import { firewallRules } from '../constructs/firewall-rules.ts';
import type { StageName } from '../stages.ts';

/** The only region where CloudFront finds web firewalls and certificates. */
const CLOUDFRONT_REGION = 'us-east-1';

const ARN_OUTPUT = 'WebAclArn';

export interface FirewallStackProps extends StackProps {
  readonly stage: StageName;
}

/** The web firewall of a stage that CloudFront answers for. */
export class FirewallStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: FirewallStackProps) {
    super(scope, id, { ...props, env: { region: CLOUDFRONT_REGION } });
    const acl = new CfnWebACL(this, 'WebAcl', {
      name: stageWide(stage),
      description: 'Limits each address, and refuses known attacks before they reach the API',
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rules: firewallRules(),
      visibilityConfig: {
        cloudWatchMetricsEnabled: true,
        metricName: stageWide(stage),
        // Sampled requests would keep addresses and headers of shoppers.
        sampledRequestsEnabled: false,
      },
    });
    new CfnOutput(this, ARN_OUTPUT, { value: acl.attrArn, description: 'The web firewall' });
  }

  /** The ARN of the firewall, for a stack in another region. */
  get webAclArn(): string {
    return Fn.getStackOutput(this.stackName, ARN_OUTPUT, CLOUDFRONT_REGION);
  }
}
