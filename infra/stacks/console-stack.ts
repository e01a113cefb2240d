import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { consolePolicy } from '../console/console-headers.ts';
import type { ConsoleSettings } from '../console-settings.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { AliasRecord, CLOUDFRONT_ZONE } from '../constructs/alias-record.ts';
import { ConsoleFiles, type DeployedConfig } from '../constructs/console-files.ts';
import { CONSOLE_PAGES } from '../constructs/console-pages.ts';
import type { Tokens } from './stateful-stack.ts';

export interface ConsoleStackProps extends StackProps {
  readonly settings: ConsoleSettings;
  /** The host name under which the API answers. */
  readonly apiHost: string;
  readonly tokens: Tokens;
}

/**
 * The console of operators: its files in a bucket, and CloudFront before it. The same name leads to the API, so that
 * the pages call no other server than their own and the issuer.
 */
export class ConsoleStack extends Stack {
  constructor(scope: Construct, id: string, { settings, apiHost, tokens, ...props }: ConsoleStackProps) {
    super(scope, id, props);
    const { domain } = settings;
    const { bucket } = new ConsoleFiles(this, 'Files', configOf(settings, tokens));
    const distribution = new Distribution(this, 'Distribution', {
      comment: domain.name,
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        // It keeps a file as long as the file says, and compresses it.
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.headers(issuerOrigins(tokens)),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        functionAssociations: [{ function: this.pages(), eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        '/v1/*': {
          origin: new HttpOrigin(apiHost, {
            protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
            readTimeout: Duration.seconds(30),
          }),
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        },
      },
    });
    acknowledge(
      distribution,
      'AwsSolutions-CFR1',
      'Operators travel, and partners of the merchant work in many countries. Who signs in decides, and not the place.',
    );
    acknowledge(
      distribution,
      'AwsSolutions-CFR2',
      'The files are public and fixed. Every call to the API needs a token of the issuer, and each route has a limit.',
    );
    acknowledge(
      distribution,
      'AwsSolutions-CFR3',
      'The API has an access log of its own without addresses of people. Reading the published pages changes nothing.',
    );
    const target = { dnsName: distribution.distributionDomainName, hostedZoneId: CLOUDFRONT_ZONE };
    new AliasRecord(this, 'Record', { domain, target });
    new CfnOutput(this, 'Url', { value: `https://${domain.name}/console/`, description: 'The console' });
  }

  private pages(): EdgeFunction {
    return new EdgeFunction(this, 'Pages', {
      code: FunctionCode.fromInline(CONSOLE_PAGES),
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Leads every page of the console to its one file',
    });
  }

  private headers(origins: readonly string[]): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: 'What a browser may do with the console',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: consolePolicy(origins), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
    });
  }
}

function configOf({ clientId }: ConsoleSettings, { issuer, people }: Tokens): DeployedConfig {
  if (people !== undefined) return { issuer, clientId: people.clientId, scopePrefix: people.scopePrefix };
  if (clientId === undefined) throw new Error('a console with an issuer of the merchant has a client id');
  return { issuer, clientId, scopePrefix: '' };
}

/** The origins that the sign-in calls: that of the issuer's settings, and that of Cognito's token endpoint. */
function issuerOrigins({ issuer, people }: Tokens): readonly string[] {
  if (people === undefined) return [new URL(issuer).origin];
  // The issuer of a user pool is known at the deployment only. The path of the pool narrows what may be called.
  return [`${issuer}/`, people.signInUrl];
}
