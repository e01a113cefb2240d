import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { consolePolicy } from '../../infra/console/console-headers.ts';
import { CONSOLE_PAGES } from '../../infra/constructs/console-pages.ts';
import { type Properties, synthesise } from './synthesise.ts';

const named = {
  consoleDomainName: 'console.shop.test',
  consoleHostedZoneId: 'Z1D633PJN98FT9',
  consoleCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d',
};
const plain = synthesise('production');
const withConsole = synthesise('production', { checkSchemas: true, context: named });
const only = (type: string, { ofType } = withConsole): Properties => {
  const [found, second] = ofType(type);
  if (found === undefined || second !== undefined) throw new Error(`there is not exactly one ${type}`);
  return found;
};
const { DistributionConfig: distribution } = only('AWS::CloudFront::Distribution');
const sizes = ({ stacks }: typeof plain) =>
  Object.fromEntries(stacks.map(({ stackName, resources }) => [stackName, Object.keys(resources).length]));

describe('the console of a stage', () => {
  it('is a stack of its own, and left out where nobody names it', () => {
    const { 'entrepot-production-console': own, ...others } = sizes(withConsole);
    expect(own).toBeGreaterThan(0);
    expect(others).toEqual(sizes(plain));
  });

  it('has its files in a bucket that CloudFront alone reads', () => {
    const bucket = withConsole.stacks.find(({ stackName }) => stackName.endsWith('-console'))?.resources;
    const buckets = Object.values(bucket ?? {}).filter(({ Type }) => Type === 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(1);
    expect(buckets[0]?.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true },
        RestrictPublicBuckets: true,
      },
    });
    const [policy] = Object.values(bucket ?? {}).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
    const { Statement: statements = [] } = (policy?.Properties.PolicyDocument ?? {}) as {
      Statement?: Properties[];
    };
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ]);
    expect(JSON.stringify(statements)).toContain('"aws:SecureTransport":"false"');
    expect(only('AWS::CloudFront::OriginAccessControl').OriginAccessControlConfig).toMatchObject({
      SigningBehavior: 'always',
    });
  });

  it('leads to the API under its own name, and caches none of its answers', () => {
    expect(distribution.Aliases).toEqual(['console.shop.test']);
    expect(distribution.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021');
    const [api] = distribution.CacheBehaviors;
    expect(api).toMatchObject({
      PathPattern: '/v1/*',
      // The ids of AWS's policies CachingDisabled and AllViewerExceptHostHeader.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    });
    expect(api.AllowedMethods).toHaveLength(7);
    expect(distribution.DefaultCacheBehavior.AllowedMethods).toEqual(['GET', 'HEAD']);
    expect(distribution.DefaultCacheBehavior.Compress).toBe(true);
  });

  it('has the policy of the local console, and may ask the issuer', () => {
    const { ResponseHeadersPolicyConfig: sent } = only('AWS::CloudFront::ResponseHeadersPolicy');
    const { ContentSecurityPolicy: policy, ...others } = sent.SecurityHeadersConfig;
    const texts = splitAround(policy.ContentSecurityPolicy);
    const [beginning = '', end = ''] = consolePolicy(['ISSUER']).split('ISSUER');
    expect(texts[0]?.startsWith(beginning)).toBe(true);
    expect(texts.at(-1)?.endsWith(end)).toBe(true);
    expect(JSON.stringify(policy)).not.toContain('unsafe');
    expect(others).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
    });
  });

  it('is the client of the people of the user pool, who return to it', () => {
    const people = withConsole
      .ofType('AWS::Cognito::UserPoolClient')
      .find(({ GenerateSecret }) => GenerateSecret === false);
    expect(people?.CallbackURLs).toContain('https://console.shop.test/console/signed-in');
  });

  it('keeps hashed files for ever, asks for the page each time, and deletes none of an open page', () => {
    const uploads = withConsole.ofType('Custom::CDKBucketDeployment');
    expect(uploads.map(({ Include, SystemMetadata }) => [Include, SystemMetadata['cache-control']])).toEqual([
      [['assets/*'], 'public, max-age=31536000, immutable'],
      [['index.html'], 'no-cache'],
      [undefined, 'no-cache'],
    ]);
    for (const { Prune, DestinationBucketKeyPrefix } of uploads)
      expect([Prune, DestinationBucketKeyPrefix]).toEqual([false, 'console']);
    // The settings name the client by a marker that the upload replaces, escaped for JSON.
    const settings = readdirSync(withConsole.app.outdir, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('config.json'))
      .map((name) => readFileSync(join(withConsole.app.outdir, name), 'utf8'));
    expect(settings).toHaveLength(1);
    expect(Object.keys(JSON.parse(settings[0] ?? ''))).toEqual(['issuer', 'clientId', 'scopePrefix']);
    expect(JSON.parse(settings[0] ?? '').scopePrefix).toBe('entrepot/');
  });

  it('is a client of another issuer where one is named', () => {
    const context = { ...named, adminIssuer: 'https://tokens.shop.test/a', consoleClientId: 'ops-console' };
    const { ofType } = synthesise('sandbox', { context });
    const [headers] = ofType('AWS::CloudFront::ResponseHeadersPolicy');
    expect(
      headers?.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy,
    ).toBe(consolePolicy(['https://tokens.shop.test']));
    expect(() =>
      synthesise('sandbox', { context: { ...named, adminIssuer: 'https://tokens.shop.test/a' } }),
    ).toThrow('consoleClientId is missing');
    expect(() => synthesise('sandbox', { context: { consoleClientId: 'ops-console' } })).toThrow(
      'consoleClientId needs consoleDomainName',
    );
  });

  it('breaks no security rule', () => {
    expect(new AwsSolutionsChecks(withConsole.app).validateScope(withConsole.app).violations).toEqual([]);
  });
});

describe('the function before the files', () => {
  const handler = new Function(`${CONSOLE_PAGES}; return handler;`)() as (event: object) => {
    readonly uri?: string;
    readonly statusCode?: number;
  };
  const at = (uri: string) => handler({ request: { uri } });

  it.each(['/console/', '/console/orders', '/console/products/SHIRT.L', '/console/index.html'])(
    'shows the page at %s',
    (uri) => expect(at(uri).uri).toBe('/console/index.html'),
  );

  it.each(['/console/assets/console-1a2b.js', '/console/config.json'])('leaves the file %s', (uri) =>
    expect(at(uri).uri).toBe(uri),
  );

  it.each(['/', '/console'])('leads from %s to the console', (uri) =>
    expect(at(uri)).toMatchObject({ statusCode: 302 }),
  );
});

/** The texts of a value that CloudFormation joins, or the value itself. */
function splitAround(
  value: string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] },
): string[] {
  if (typeof value === 'string') return [value];
  return value['Fn::Join'][1].map(String);
}
