import * as z from 'zod';
import type { Access } from '../events/triggers.ts';
import { defined } from '../shared/kernel/defined.ts';

export const stageNames = ['local', 'sandbox', 'production'] as const;
export type StageName = (typeof stageNames)[number];

/** Everything that differs between two deployments of the system. */
export interface Stage {
  readonly name: StageName;
  /** Whether tables, keys, secrets and logs are kept when their stack is deleted. */
  readonly keepsData: boolean;
  readonly logRetentionDays: 7 | 30 | 365;
  readonly archiveRetentionDays: number;
  /** The issuer of the access tokens of `/v1/admin`, and their audience. */
  readonly adminIssuer: string;
  readonly adminAudience: string;
  /** The origins whose pages may call the storefront routes. With none, only servers can call them. */
  readonly allowedOrigins: readonly string[];
  /** The address that receives the alarms by mail; absent on a developer's machine. */
  readonly alarmEmail?: string;
  /** Whether table, secrets and alarms are encrypted with a key of this account instead of keys that AWS owns. */
  readonly ownKey: boolean;
  /** Whether the stage has a dashboard. */
  readonly dashboard: boolean;
  /** How many batches of one queue run at the same time. */
  readonly eventConcurrency: number;
  /**
   * The number of concurrent invocations that are reserved for the relay of facts. Undefined reserves none: Lambda
   * refuses a reservation in a new account, whose limit is small.
   */
  readonly relayReservedConcurrency?: number;
  /** Whether every fact goes on the bus, for other systems; otherwise none does. */
  readonly publishesAllFacts: boolean;
  /** The same for each function that takes partners' calls. */
  readonly hookReservedConcurrency?: number;
  /**
   * What each route accepts before the API answers 429, by the kind of its callers. Each route has a limit of its own,
   * so that a flood of one takes nothing from partners' calls and operators.
   */
  readonly requestLimits: Readonly<Record<Access['kind'], RequestLimit>>;
}

/** The requests that a route accepts: a second, and in a burst. */
interface RequestLimit {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** Reads the value of `-c name=value`; undefined when it is not given. */
export type ReadContext = (name: string) => unknown;

const LOCAL_ISSUER = 'http://127.0.0.1:3000/_local/issuer';
const AUDIENCE = 'entrepot-admin';

const httpsUrl = z.url({ protocol: /^https$/ });
/** A context value is a text on the command line and may be a boolean in `cdk.json`. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const origins = z.string().transform((list) => list.split(',').map((origin) => origin.trim()));

/**
 * Gives the stage that `-c stage=...` names. The default is `local`.
 * Throws an Error that names the missing or malformed value and shows how to give it.
 */
export function readStage(context: ReadContext): Stage {
  const name = given(context, 'stage', z.enum(stageNames).default('local'), stageNames.join(' or '));
  const reserved = readReserved(context);
  if (name === 'local') return { ...local, ...reserved };
  const adminIssuer = given(context, 'adminIssuer', httpsUrl, 'the https URL of the token issuer');
  const adminAudience = given(
    context,
    'adminAudience',
    z.string().min(1).default(AUDIENCE),
    'a token audience',
  );
  const allowedOrigins = given(
    context,
    'allowedOrigins',
    origins.default([]),
    'origins, separated by commas',
  );
  const ownKey = given(context, 'ownKey', flag.default(false), 'true or false');
  const dashboard = given(context, 'dashboard', flag.default(false), 'true or false');
  const publishesAllFacts = given(context, 'publishAllFacts', flag.default(false), 'true or false');
  const tokens = { adminIssuer, adminAudience, allowedOrigins, ownKey, dashboard, publishesAllFacts };
  if (name === 'sandbox') {
    const email = given(context, 'alarmEmail', z.email().optional(), 'an e-mail address');
    return { ...sandbox, ...tokens, ...reserved, ...(email === undefined ? {} : { alarmEmail: email }) };
  }
  return {
    ...production,
    ...tokens,
    ...reserved,
    alarmEmail: given(context, 'alarmEmail', z.email(), 'an e-mail address'),
  };
}

/** The reserved invocations that the context gives; nothing is reserved by itself. */
function readReserved(
  context: ReadContext,
): Pick<Stage, 'relayReservedConcurrency' | 'hookReservedConcurrency'> {
  const invocations = (name: string) =>
    given(
      context,
      name,
      z.coerce.number().int().min(1).max(1000).optional(),
      'a number of concurrent invocations',
    );
  return defined({
    relayReservedConcurrency: invocations('relayReservedConcurrency'),
    hookReservedConcurrency: invocations('hookReservedConcurrency'),
  });
}

type Given =
  | 'adminIssuer'
  | 'adminAudience'
  | 'allowedOrigins'
  | 'ownKey'
  | 'dashboard'
  | 'publishesAllFacts';

const local: Stage = {
  name: 'local',
  keepsData: false,
  logRetentionDays: 7,
  archiveRetentionDays: 1,
  adminIssuer: LOCAL_ISSUER,
  adminAudience: AUDIENCE,
  allowedOrigins: ['*'],
  ownKey: false,
  dashboard: false,
  publishesAllFacts: false,
  eventConcurrency: 4,
  requestLimits: {
    storefront: { ratePerSecond: 1000, burst: 2000 },
    scope: { ratePerSecond: 1000, burst: 2000 },
    signature: { ratePerSecond: 1000, burst: 2000 },
    public: { ratePerSecond: 200, burst: 400 },
  },
};

const sandbox: Omit<Stage, Given> = {
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

const production: Omit<Stage, Given> = {
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

function given<Schema extends z.ZodType>(
  context: ReadContext,
  name: string,
  schema: Schema,
  what: string,
): z.output<Schema> {
  const value = context(name);
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const found = value === undefined ? 'is missing' : `cannot be ${JSON.stringify(value)}`;
  throw new Error(`the context value ${name} ${found}: give it as -c ${name}=<${what}>`);
}
