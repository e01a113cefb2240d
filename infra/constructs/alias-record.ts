import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Domain } from '../domain.ts';

/** The zone of every distribution (Route 53 API reference, "AliasTarget"). */
export const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** Where a name leads: the name and zone that AWS gives an API or a distribution. */
interface AliasTarget {
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

/** The records of the stage's domain, for IPv4 and IPv6. Route 53 answers them without charge. */
export class AliasRecord extends Construct {
  constructor(scope: Construct, id: string, { domain, target }: { domain: Domain; target: AliasTarget }) {
    super(scope, id);
    for (const type of ['A', 'AAAA'])
      new CfnRecordSet(this, type, {
        name: `${domain.name}.`,
        hostedZoneId: domain.zoneId,
        type,
        aliasTarget: target,
      });
  }
}
