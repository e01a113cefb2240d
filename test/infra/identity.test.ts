import { describe, expect, it } from 'vitest';
import { triggerList } from '../../events/triggers.ts';
import { scopesIn } from '../../infra/constructs/operator-pool.ts';
import { outputOf, type Properties, synthesise, targetOf } from './synthesise.ts';

const { ofType } = synthesise('production');
const only = (type: string, of = ofType): Properties => {
  const [found, second] = of(type);
  if (found === undefined || second !== undefined) throw new Error(`there is not exactly one ${type}`);
  return found;
};
const clients = ofType('AWS::Cognito::UserPoolClient');
const machines = clients.find(({ GenerateSecret }) => GenerateSecret === true);
const people = clients.find(({ GenerateSecret }) => GenerateSecret === false);

describe('the operators of a deployed stage', () => {
  it('are in a user pool where nobody signs up, and each has an authenticator app', () => {
    expect(only('AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
    });
  });

  it('may ask for the scope of every route, by a program and by a person', () => {
    const scopes = scopesIn(triggerList);
    const server = only('AWS::Cognito::UserPoolResourceServer');
    expect(server.Identifier).toBe('entrepot');
    expect(server.Scopes.map(({ ScopeName }: { ScopeName: string }) => ScopeName)).toEqual(scopes);
    expect(scopes).toEqual(expect.arrayContaining(['orders:read', 'orders:write', 'stock:read']));
    const asked = (client: Properties | undefined) =>
      client?.AllowedOAuthScopes.map((each: string | { 'Fn::Join': [string, unknown[]] }) =>
        typeof each === 'string' ? each : String(each['Fn::Join'][1].at(-1)).replace(/^\//, ''),
      );
    expect(asked(machines)).toEqual(scopes);
    expect(asked(people)).toEqual(['openid', ...scopes]);
    expect(machines?.AllowedOAuthFlows).toEqual(['client_credentials']);
    expect(people).toMatchObject({
      AllowedOAuthFlows: ['code'],
      CallbackURLs: ['http://localhost:8400/callback'],
    });
  });

  it('call routes whose authorizer takes tokens of both clients, with Cognito’s form of the scope or the plain one', () => {
    const admin = ofType('AWS::ApiGatewayV2::Authorizer').find(({ Name }) => Name === 'admin');
    const { Issuer, Audience } = admin?.JwtConfiguration ?? {};
    const [host, , , , path, pool] = Issuer['Fn::Join'][1].flat();
    expect([host, path]).toEqual(['https://cognito-idp.', '/']);
    expect(outputOf(pool)).toContain(only('AWS::Cognito::UserPool').logicalId);
    const ids = Audience.map((each: unknown) => outputOf(each));
    expect(ids).toEqual([
      expect.stringContaining(machines?.logicalId ?? '-'),
      expect.stringContaining(people?.logicalId ?? '-'),
    ]);
    const route = ofType('AWS::ApiGatewayV2::Route').find(
      ({ RouteKey }) => RouteKey === 'GET /v1/admin/orders',
    );
    expect(route?.AuthorizationScopes).toEqual(['orders:read', 'entrepot/orders:read']);
  });

  it('sign in at an address that no other account has', () => {
    const { Domain, UserPoolId } = only('AWS::Cognito::UserPoolDomain');
    expect(Domain).toEqual({ 'Fn::Join': ['', ['entrepot-production-', { Ref: 'AWS::AccountId' }]] });
    expect(targetOf(UserPoolId)).toBe(only('AWS::Cognito::UserPool').logicalId);
  });

  it('are those of another issuer where one is named, and then there is no user pool', () => {
    const context = { adminIssuer: 'https://tokens.shop.test/', adminAudience: 'ops' };
    const { ofType: other } = synthesise('sandbox', { context });
    expect(other('AWS::Cognito::UserPool')).toEqual([]);
    const admin = other('AWS::ApiGatewayV2::Authorizer').find(({ Name }) => Name === 'admin');
    expect(admin?.JwtConfiguration).toEqual({ Issuer: 'https://tokens.shop.test/', Audience: ['ops'] });
  });
});
