import { Duration, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge.ts';
import { AliasRecord, CLOUDFRONT_ZONE } from '../constructs/alias-record.ts';
import { ORIGIN_HEADER } from '../constructs/journey-api.ts';
import type { Domain } from '../domain.ts';

export interface EdgeStackProps extends StackProps {
  readonly domain: Domain;
  /** The host name that AWS gave the API. */
  readonly apiHost: string;
  /** The secret whose value CloudFront sends to the API. */
  readonly originProofArn: string;
  readonly webAclArn: string;
}

/**
 * CloudFront before the API: it answers under the stage's own name, asks the web firewall, and proves itself to the
 * API with a secret header. It caches nothing.
 */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    const { domain, apiHost, originProofArn, webAclArn, ...stackProps } = props;
    super(scope, id, stackProps);
    const proof = SecretValue.secretsManager(originProofArn);
    const distribution = new Distribution(this, 'Distribution', {
      comment: domain.name,
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: webAclArn,
      defaultBehavior: {
        origin: new HttpOrigin(apiHost, {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          // CloudFormation puts the value in at the deployment. The template names the secret only.
          customHeaders: { [ORIGIN_HEADER]: proof.unsafeUnwrap() },
          readTimeout: Duration.seconds(30),
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      },
    });
    acknowledge(
      distribution,
      'AwsSolutions-CFR3',
      'Access logs of CloudFront keep addresses of shoppers. The API has an access log of its own without them.',
    );
    acknowledge(
      distribution,
      'AwsSolutions-CFR1',
      'The shop sells to many countries, and shoppers order gifts while they travel. Quotes refuse places by the address of the delivery.',
    );
    const target = { dnsName: distribution.distributionDomainName, hostedZoneId: CLOUDFRONT_ZONE };
    new AliasRecord(this, 'Record', { domain, target });
  }
}
