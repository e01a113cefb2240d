import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { triggerList } from '../../events/triggers.ts';
import { firewallRules } from '../../infra/constructs/firewall-rules.ts';
import { pathsOf } from '../../infra/constructs/journey-api.ts';
import { type Properties, synthesise } from './synthesise.ts';

const domainName = 'api.shop.test';
const hostedZoneId = 'Z1D633PJN98FT9';
const certificateIn = (region: string) => `arn:aws:acm:${region}:111122223333:certificate/0a1b2c3d`;
const direct = synthesise('production', {
  context: { domainName, hostedZoneId, certificateArn: certificateIn('eu-central-1') },
});
const behind = synthesise('production', {
  checkSchemas: true,
  context: { domainName, hostedZoneId, certificateArn: certificateIn('us-east-1'), waf: 'true' },
});
const plain = synthesise('production');

const names = ({ stacks }: typeof direct) => stacks.map(({ stackName }) => stackName);
const stackOf = ({ stacks }: typeof direct, part: string) =>
  Object.values(stacks.find(({ stackName }) => stackName === `entrepot-production-${part}`)?.resources ?? {});
const first = ({ ofType }: typeof direct, type: string): Properties => {
  const [found] = ofType(type);
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found;
};

describe('without a domain', () => {
  it('nothing answers but the address that AWS gives the API', () => {
    expect(names(plain)).toEqual([
      ...['entrepot-production-stateful', 'entrepot-production-journey', 'entrepot-production-observability'],
      'entrepot-production-replenishment',
      'entrepot-production-setup',
    ]);
    expect(first(plain, 'AWS::ApiGatewayV2::Api').DisableExecuteApiEndpoint).toBe(false);
    for (const type of [
      'AWS::ApiGatewayV2::DomainName',
      'AWS::CloudFront::Distribution',
      'AWS::WAFv2::WebACL',
    ])
      expect(plain.ofType(type)).toEqual([]);
  });
});

describe('a domain of the merchant', () => {
  it('is in a stack of its own, which stays when the API is made again', () => {
    expect(names(direct)).toContain('entrepot-production-domain');
    const types = stackOf(direct, 'domain').map(({ Type }) => Type);
    expect(types.sort()).toEqual([
      ...['AWS::ApiGatewayV2::DomainName', 'AWS::Route53::RecordSet', 'AWS::Route53::RecordSet'],
    ]);
    expect(first(direct, 'AWS::ApiGatewayV2::ApiMapping').DomainName).toBe(domainName);
    for (const record of direct.ofType('AWS::Route53::RecordSet'))
      expect(record).toMatchObject({ Name: `${domainName}.`, HostedZoneId: hostedZoneId });
  });

  it('is the only address of the API', () => {
    expect(first(direct, 'AWS::ApiGatewayV2::Api').DisableExecuteApiEndpoint).toBe(true);
    expect(direct.ofType('AWS::CloudFront::Distribution')).toEqual([]);
  });
});

describe('CloudFront with a web firewall', () => {
  const { DistributionConfig: config } = first(behind, 'AWS::CloudFront::Distribution');

  it('answers under the domain, asks the firewall and caches nothing', () => {
    expect(config).toMatchObject({
      Aliases: [domainName],
      ViewerCertificate: {
        AcmCertificateArn: certificateIn('us-east-1'),
        MinimumProtocolVersion: 'TLSv1.2_2021',
      },
      // The id of AWS's policy CachingDisabled.
      DefaultCacheBehavior: { CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' },
      WebACLId: {
        'Fn::GetStackOutput': {
          ...{ StackName: 'entrepot-production-firewall', OutputName: 'WebAclArn', Region: 'us-east-1' },
        },
      },
    });
    expect(config.DefaultCacheBehavior.AllowedMethods).toHaveLength(7);
  });

  it('proves itself by a header whose value is in no template', () => {
    const [origin] = config.Origins;
    expect(origin.OriginCustomHeaders).toEqual([
      { HeaderName: 'x-entrepot-origin', HeaderValue: expect.anything() },
    ]);
    expect(JSON.stringify(origin.OriginCustomHeaders)).toContain('{{resolve:secretsmanager:');
    expect(origin.CustomOriginConfig.OriginProtocolPolicy).toBe('https-only');
  });

  it('is the only way to storefront routes, partners’ routes and public pages; a token opens the others', () => {
    const authorizers = behind.ofType('AWS::ApiGatewayV2::Authorizer');
    const sources = Object.fromEntries(authorizers.map(({ Name, IdentitySource }) => [Name, IdentitySource]));
    expect(sources).toEqual({
      admin: ['$request.header.Authorization'],
      storefront: ['$request.header.x-entrepot-key', '$request.header.x-entrepot-origin'],
      origin: ['$request.header.x-entrepot-origin'],
    });
    const idOf = (name: string) => authorizers.find(({ Name }) => Name === name)?.logicalId;
    const routes = behind.ofType('AWS::ApiGatewayV2::Route');
    for (const [, trigger] of triggerList) {
      if (trigger.kind !== 'http') continue;
      const { kind } = trigger.access;
      const wanted = { scope: 'admin', storefront: 'storefront', signature: 'origin', public: 'origin' }[
        kind
      ];
      for (const path of pathsOf(trigger.path)) {
        const route = routes.find(({ RouteKey }) => RouteKey === `${trigger.method} ${path}`);
        expect(behind.targetOf(route?.AuthorizerId), path).toBe(idOf(wanted));
      }
    }
  });

  it('lets only the authorizer read the proof', () => {
    const proof = behind
      .ofType('AWS::SecretsManager::Secret')
      .find(({ logicalId }) => logicalId === 'OriginProof');
    expect(proof?.GenerateSecretString.PasswordLength).toBe(64);
    const readers = behind
      .ofType('AWS::Lambda::Function')
      .filter(({ Environment }) => 'SECRET_ORIGIN_PROOF' in Environment.Variables);
    expect(readers.map(({ FunctionName }) => FunctionName)).toEqual([
      'entrepot-production-OperationsAuthoriseStorefront',
    ]);
    const roles = behind
      .ofType('AWS::IAM::Role')
      .filter((role) => JSON.stringify(role).includes('OriginProof'));
    expect(roles).toHaveLength(1);
  });

  it('limits each address, and leaves partners’ calls and large imports to the limits of their routes', () => {
    const rules = firewallRules();
    expect(rules.map(({ name }) => name)).toEqual([
      'RatePerAddress',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
    for (const rule of rules) expect(JSON.stringify(rule)).toContain('"searchString":"/v1/hooks/"');
    expect(JSON.stringify(rules[2])).toContain('"name":"SizeRestrictions_BODY","actionToUse":{"count":{}}');
    expect(first(behind, 'AWS::WAFv2::WebACL')).toMatchObject({
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
    });
  });

  it('breaks no security rule', () => {
    expect(new AwsSolutionsChecks(behind.app).validateScope(behind.app).violations).toEqual([]);
  });
});
