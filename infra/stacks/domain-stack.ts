import { Stack, type StackProps } from 'aws-cdk-lib';
import { DomainName, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import { AliasRecord } from '../constructs/alias-record.ts';
import type { Domain } from '../domain.ts';

export interface DomainStackProps extends StackProps {
  readonly domain: Domain;
}

/**
 * The API's own name, answered by API Gateway itself. It is apart from the API, so partners keep the address that
 * they call when the API is made again.
 */
export class DomainStack extends Stack {
  readonly domainName: DomainName;

  constructor(scope: Construct, id: string, { domain, ...props }: DomainStackProps) {
    super(scope, id, props);
    this.domainName = new DomainName(this, 'Name', {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    const { regionalDomainName: dnsName, regionalHostedZoneId: hostedZoneId } = this.domainName;
    new AliasRecord(this, 'Record', { domain, target: { dnsName, hostedZoneId } });
  }
}
