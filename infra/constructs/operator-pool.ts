import { Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { stageWide } from '../../events/names.ts';
import { type TriggerEntry, triggerList } from '../../events/triggers.ts';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { keptName } from './names.ts';
import { removalOf } from './removal.ts';

/** The name of the API in the scopes of a Cognito token: `entrepot/orders:read`. */
export const API_IDENTIFIER = 'entrepot';

export interface OperatorPoolProps {
  readonly stage: Stage;
  /** Where people return after a sign-in. */
  readonly callbackUrls: readonly string[];
}

/**
 * The user pool of the operators, as long as the stage names no issuer of its own. People are invited, and need an
 * authenticator app. They sign in with a code and PKCE; programs get tokens for an id and a secret. Both clients
 * may ask for every scope of the API.
 */
export class OperatorPool extends UserPool {
  readonly machines: UserPoolClient;
  readonly people: UserPoolClient;
  /** The address of the sign-in and of the token endpoint. */
  readonly signInUrl: string;

  constructor(scope: Construct, id: string, { stage, callbackUrls }: OperatorPoolProps) {
    super(scope, id, {
      userPoolName: keptName(stage, stageWide(stage.name)),
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: stage.keepsData,
      removalPolicy: removalOf(stage),
    });
    acknowledge(
      this,
      'AwsSolutions-COG8',
      'Threat protection needs the plan Plus, which costs more for each person. Nobody can sign up, and each person needs an authenticator app.',
    );
    const { account } = Stack.of(this);
    // The prefix is unique in a region over all accounts, so it has the number of this one.
    const domain = this.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${stageWide(stage.name)}-${account}` },
    });
    this.signInUrl = domain.baseUrl();
    const offered = scopesIn(triggerList).map(
      (scopeName) =>
        new ResourceServerScope({ scopeName, scopeDescription: `Routes that need ${scopeName}` }),
    );
    const server = this.addResourceServer('Api', { identifier: API_IDENTIFIER, scopes: offered });
    const scopes = offered.map((each) => OAuthScope.resourceServer(server, each));
    this.machines = this.addClient('Machines', {
      generateSecret: true,
      authFlows: {},
      oAuth: { flows: { clientCredentials: true }, scopes },
      ...tokens,
    });
    this.people = this.addClient('People', {
      // A program on the person's own machine, or a page, can't keep a secret: PKCE takes its place.
      generateSecret: false,
      preventUserExistenceErrors: true,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, ...scopes],
        callbackUrls: [...callbackUrls],
        logoutUrls: [...callbackUrls],
      },
      refreshTokenValidity: Duration.hours(12),
      ...tokens,
    });
  }
}

const tokens = { accessTokenValidity: Duration.hours(1), enableTokenRevocation: true } as const;

/** Every scope that a route needs, in alphabetical order. */
export function scopesIn(triggers: readonly TriggerEntry[]): string[] {
  const found = triggers.flatMap(([, trigger]) =>
    trigger.kind === 'http' && trigger.access.kind === 'scope' ? [trigger.access.scope] : [],
  );
  return [...new Set(found)].sort();
}
