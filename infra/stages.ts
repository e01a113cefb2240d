import * as z from 'zod';
import type { Access } from '../events/triggers.ts';
import { defined } from '../shared/kernel/defined.ts';
import { type ConsoleSettings, consoleContextNames, readConsole } from './console-settings.ts';
import {
  flag,
  given,
  hostName,
  httpsOrigin,
  httpsUrl,
  listed,
  type ReadContext,
  together,
} from './context.ts';
import type { Domain } from './domain.ts';
import { type LakeSettings, lakeContextNames, readLakeSettings } from './lake-settings.ts';
import { type RateFiles, rateContextNames, readRateFiles } from './rate-files.ts';

export const stageNames = ['local', 'sandbox', 'production'] as const;
export type StageName = (typeof stageNames)[number];

/** Who issues the operators' access tokens. */
type Identity =
  /** An OpenID Connect issuer of the merchant, and the audience of its tokens. */
  | { readonly kind: 'issuer'; readonly issuer: string; readonly audience: string }
  /** A Cognito user pool of the stage. After a sign-in it sends a person back to one of these addresses. */
  | { readonly kind: 'pool'; readonly callbackUrls: readonly string[] };

/** A table that was restored from a backup and takes the place of the stage's own. */
interface RestoredTable {
  readonly name: string;
  readonly streamArn: string;
}

/** Everything that differs between two deployments of the system. */
export interface Stage extends RateFiles, LakeSettings {
  readonly name: StageName;
  /** Whether tables, keys, secrets and logs are kept when their stack is deleted. */
  readonly keepsData: boolean;
  readonly logRetentionDays: 7 | 30 | 365;
  readonly archiveRetentionDays: number;
  readonly identity: Identity;
  /** The origins whose pages may call the storefront routes. With none, only servers can call them. */
  readonly allowedOrigins: readonly string[];
  /** Absent where the API is called under the address that AWS gives it. */
  readonly domain?: Domain;
  readonly restoredTable?: RestoredTable;
  /** Absent where nobody named a client of the console. */
  readonly console?: ConsoleSettings;
  /** The address that receives the alarms by mail; absent on a developer's machine. */
  readonly alarmEmail?: string;
  /** Whether table, secrets and alarms are encrypted with a key of this account instead of keys that AWS owns. */
  readonly ownKey: boolean;
  /** Whether the stage has a dashboard. */
  readonly dashboard: boolean;
  /** How many batches of one queue run at the same time. */
  readonly eventConcurrency: number;
  /**
   * The concurrent invocations that are kept for some functions, so that a flood of others can't take them. Undefined
   * reserves none: Lambda refuses a reservation in a new account, whose limit is small.
   */
  readonly reserved: ReservedConcurrency;
  /** Whether every fact goes on the bus, for other systems; otherwise none does. */
  readonly publishesAllFacts: boolean;
  /**
   * What each route accepts before the API answers 429, by the kind of its callers. Each route has a limit of its own,
   * so that a flood of one takes nothing from partners' calls and operators.
   */
  readonly requestLimits: Readonly<Record<Access['kind'], RequestLimit>>;
}

/** Reserved invocations of one function of each kind. */
interface ReservedConcurrency {
  /** The relay of facts. */
  readonly relay?: number;
  /** Each function that takes partners' calls. */
  readonly hook?: number;
  /** Each function that prices a basket. A reservation is a limit as well: quotes then take no more than this. */
  readonly quote?: number;
}

/** The requests that a route accepts: a second, and in a burst. */
interface RequestLimit {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** The context value of each reservation. */
const reservations = {
  relay: 'relayReservedConcurrency',
  hook: 'hookReservedConcurrency',
  quote: 'quoteReservedConcurrency',
} as const satisfies Record<keyof ReservedConcurrency, string>;

/** Every context value that a stage reads. */
export const contextNames: readonly string[] = [
  'stage',
  'adminIssuer',
  'adminAudience',
  'operatorCallbackUrls',
  'allowedOrigins',
  'alarmEmail',
  'domainName',
  'hostedZoneId',
  'certificateArn',
  'waf',
  'restoredTable',
  'restoredTableStream',
  'ownKey',
  'dashboard',
  'publishAllFacts',
  ...consoleContextNames,
  ...lakeContextNames,
  ...rateContextNames,
  ...Object.values(reservations),
];

const LOCAL_ISSUER = 'http://127.0.0.1:3000/_local/issuer';
const AUDIENCE = 'entrepot-admin';
/** Where `entrepot token` waits for the answer of a person's sign-in. */
const LOCAL_CALLBACK = 'http://localhost:8400/callback';

/**
 * Gives the stage that `-c stage=...` names. The default is `local`.
 * Throws an Error that names the missing or malformed value, or the placeholder, and shows how to give it.
 */
export function readStage(context: ReadContext): Stage {
  const name = given(context, 'stage', z.enum(stageNames).default('local'), stageNames.join(' or '));
  const reserved = readReserved(context);
  // On one machine, sample rates stay until somebody fetches the published ones.
  const rates = readRateFiles(context, name !== 'local');
  const lake = readLakeSettings(context, name === 'local');
  if (name === 'local') return { ...local, reserved, ...lake, ...rates };
  const switchOf = (value: string) => given(context, value, flag.default(false), 'true or false');
  const email = z.email();
  const alarmEmail = given(
    context,
    'alarmEmail',
    name === 'production' ? email : email.optional(),
    'an e-mail address',
  );
  const identity = readIdentity(context);
  return {
    ...(name === 'production' ? production : sandbox),
    reserved,
    ...lake,
    ...rates,
    identity,
    allowedOrigins: readOrigins(context, name),
    ownKey: switchOf('ownKey'),
    dashboard: switchOf('dashboard'),
    publishesAllFacts: switchOf('publishAllFacts'),
    ...defined({
      ...{ alarmEmail, domain: readDomain(context), restoredTable: readRestored(context) },
      console: readConsole(context, identity.kind === 'issuer'),
    }),
  };
}

function readIdentity(context: ReadContext): Identity {
  const issuer = given(context, 'adminIssuer', httpsUrl.optional(), 'the https URL of the token issuer');
  if (issuer !== undefined) {
    const anyAudience = z.string().min(1).default(AUDIENCE);
    const audience = given(context, 'adminAudience', anyAudience, 'the audience of its tokens');
    return { kind: 'issuer', issuer, audience };
  }
  if (context('adminAudience') !== undefined)
    throw new Error('the context value adminAudience belongs to adminIssuer, which is missing');
  const address = z.union([httpsUrl, z.url({ protocol: /^http$/, hostname: /^localhost$/ })]);
  const what = 'https addresses, separated by commas';
  const callbackUrls = given(context, 'operatorCallbackUrls', listed(address).optional(), what);
  return { kind: 'pool', callbackUrls: [LOCAL_CALLBACK, ...(callbackUrls ?? [])] };
}

function readOrigins(context: ReadContext, name: 'sandbox' | 'production'): readonly string[] {
  const origin = name === 'production' ? httpsOrigin : z.union([httpsOrigin, z.literal('*')]);
  const what = 'https origins such as https://shop.my-company.com, separated by commas';
  return given(context, 'allowedOrigins', listed(origin).optional(), what) ?? [];
}

function readDomain(context: ReadContext): Domain | undefined {
  const firewall = given(context, 'waf', flag.default(false), 'true or false');
  if (!together(context, ['domainName', 'hostedZoneId', 'certificateArn'])) {
    if (!firewall) return undefined;
    throw new Error(
      'waf needs domainName, hostedZoneId and certificateArn: CloudFront answers under your name',
    );
  }
  const place = firewall ? 'us-east-1' : '[a-z0-9-]+';
  const certificate = z
    .string()
    .regex(new RegExp(`^arn:aws[a-z-]*:acm:${place}:\\d{12}:certificate/[\\w-]+$`));
  return {
    name: given(context, 'domainName', hostName, 'a host name such as api.my-company.com'),
    zoneId: given(context, 'hostedZoneId', z.string().regex(/^Z[A-Z0-9]+$/), 'the id of its Route 53 zone'),
    certificateArn: given(
      context,
      'certificateArn',
      certificate,
      `the ARN of its certificate in ${firewall ? 'us-east-1, because CloudFront reads it there' : "the stage's region"}`,
    ),
    firewall,
  };
}

function readRestored(context: ReadContext): RestoredTable | undefined {
  if (!together(context, ['restoredTable', 'restoredTableStream'])) return undefined;
  const name = given(context, 'restoredTable', z.string().regex(/^[\w.-]{3,255}$/), 'the name of a table');
  const stream = z.string().regex(/^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+\/stream\/.+$/);
  const streamArn = given(context, 'restoredTableStream', stream, 'the ARN of the stream of that table');
  if (streamArn.includes(`:table/${name}/`)) return { name, streamArn };
  throw new Error(`the context value restoredTableStream is not a stream of the table ${name}`);
}

/** The reserved invocations that the context gives; nothing is reserved by itself. */
function readReserved(context: ReadContext): ReservedConcurrency {
  const number = z.coerce.number().int().min(1).max(1000).optional();
  const read = Object.entries(reservations).map(
    ([kind, name]) => [kind, given(context, name, number, 'a number of concurrent invocations')] as const,
  );
  return defined(Object.fromEntries(read) as Record<keyof ReservedConcurrency, number | undefined>);
}

/** What the context gives and the name of a stage does not. */
type FromContext =
  | 'identity'
  | 'allowedOrigins'
  | 'ownKey'
  | 'dashboard'
  | 'publishesAllFacts'
  | 'reserved'
  | keyof LakeSettings
  | keyof RateFiles;

const local: Omit<Stage, keyof LakeSettings | keyof RateFiles> = {
  name: 'local',
  keepsData: false,
  logRetentionDays: 7,
  archiveRetentionDays: 1,
  identity: { kind: 'issuer', issuer: LOCAL_ISSUER, audience: AUDIENCE },
  allowedOrigins: ['*'],
  ownKey: false,
  dashboard: false,
  publishesAllFacts: false,
  eventConcurrency: 4,
  reserved: {},
  requestLimits: {
    storefront: { ratePerSecond: 1000, burst: 2000 },
    scope: { ratePerSecond: 1000, burst: 2000 },
    signature: { ratePerSecond: 1000, burst: 2000 },
    public: { ratePerSecond: 200, burst: 400 },
  },
};

const sandbox: Omit<Stage, FromContext> = {
  name: 'sandbox',
  keepsData: false,
  logRetentionDays: 30,
  archiveRetentionDays: 7,
  eventConcurrency: 5,
  requestLimits: {
    storefront: { ratePerSecond: 50, burst: 100 },
    scope: { ratePerSecond: 20, burst: 40 },
    signature: { ratePerSecond: 20, burst: 40 },
    public: { ratePerSecond: 10, burst: 20 },
  },
};

const production: Omit<Stage, FromContext> = {
  name: 'production',
  keepsData: true,
  logRetentionDays: 365,
  archiveRetentionDays: 90,
  eventConcurrency: 50,
  requestLimits: {
    storefront: { ratePerSecond: 1000, burst: 2000 },
    scope: { ratePerSecond: 200, burst: 400 },
    signature: { ratePerSecond: 300, burst: 600 },
    public: { ratePerSecond: 50, burst: 100 },
  },
};
