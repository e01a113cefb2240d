import type { CallbackKind } from './callback.ts';
import type { WantedFact } from './wanted-fact.ts';
import type { WorkStep } from './work.ts';

/** The memory of a function that declares none. */
export const DEFAULT_MEMORY_MB = 256;

/** What every function declares, whatever starts it. */
interface Common {
  /** One line for a reader: what the function does. */
  readonly does: string;
  /** The actions on the table that it needs. */
  readonly table?: readonly TableAction[];
  /** Secrets that it reads. */
  readonly secrets?: readonly SecretName[];
  /** Whether it puts events on the bus, for other systems. */
  readonly publishes?: true;
  /** Whether it puts records into the delivery stream of the lake. */
  readonly captures?: true;
  /** Whether it reads the metrics of this stage: those of what AWS bills. */
  readonly counts?: true;
  /** What it may do with the objects of the lake's bucket. */
  readonly lake?: readonly LakeAction[];
  /** Its package carries this engine, with the native code for Lambda's processor. No other function has it. */
  readonly engine?: Engine;
  /** What it sends to the queues of the functions that wait for it. */
  readonly sends?: readonly SentKind[];
  /** The default is {@link DEFAULT_MEMORY_MB}, and 10 s. */
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  /** The space for its files under `/tmp`. The default is Lambda's own, 512 MB. */
  readonly ephemeralMb?: number;
}

/** Facts of orders, late work, reports that are asked for, and the steps of a run of replenishment. */
export type SentKind = 'facts' | 'work' | 'reports' | `run-${RunStepName}`;

/** The steps of a run of replenishment, each a function: reading the sales, planning a batch, placing the orders. */
export type RunStepName = 'history' | 'batch' | 'placing';

/** An engine with native code. `duckdb` makes the tables of the lake and asks them. */
export type Engine = 'duckdb';

/** Reading or writing the objects of one part of the lake's bucket. */
export type LakeAction =
  | 'read-facts'
  | 'read-tables'
  | 'write-tables'
  | 'read-reports'
  | 'write-reports'
  | 'read-replenishment'
  | 'write-replenishment'
  | 'write-purchase-orders';

export type TableAction =
  | 'get'
  | 'query'
  | 'query-due'
  | 'query-lists'
  | 'query-taxes'
  | 'put'
  | 'update'
  | 'condition';

/** One secret per kind of partner, with the settings of every partner of that kind by code; and our own key. */
export type SecretName = `partners-${CallbackKind}` | 'quote-signing';

/**
 * What an access token may do. The merchant's registrations, exchange rates and trade rules decide what shoppers pay
 * and under whose numbers goods are declared, so that each has a scope apart from the catalogue's. Who may propose a
 * purchase may not approve it by that.
 */
export type Scope =
  | 'catalogue:read'
  | 'catalogue:write'
  | 'seller:read'
  | 'seller:write'
  | 'rates:read'
  | 'rates:write'
  | 'rules:read'
  | 'rules:write'
  | 'stock:write'
  | 'stock:read'
  | 'orders:read'
  | 'orders:write'
  | 'reports:read'
  | 'storefronts:write'
  | 'privacy:erase'
  | 'replenishment:read'
  | 'replenishment:write'
  | 'replenishment:approve';

export type Access =
  /** A publishable storefront key, checked by the storefront authorizer. */
  | { readonly kind: 'storefront' }
  /** An OAuth2 access token with the scope. */
  | { readonly kind: 'scope'; readonly scope: Scope }
  /** The partner's signature over the raw body, checked in the function. */
  | { readonly kind: 'signature' }
  | { readonly kind: 'public' };

export interface HttpTrigger extends Common {
  readonly kind: 'http';
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: `/${string}`;
  readonly access: Access;
  /** Sends verified calls of partners of this kind to the queue of the function that takes them. */
  readonly callback?: CallbackKind;
}

/**
 * A function behind a queue of its own. Facts arrive there from the relay, and late work from the sweep; calls of
 * partners from the hook of their kind; items that could not be relayed from the relays; and reports that are asked for
 * from a reader or from the clock.
 */
export interface QueueTrigger extends Common {
  readonly kind: 'queue';
  readonly facts?: readonly WantedFact[];
  readonly callback?: CallbackKind;
  readonly work?: readonly WorkStep[];
  /** Takes the keys of items that the relays could not relay. */
  readonly unrelayed?: true;
  /** Makes reports that are asked for. */
  readonly reports?: true;
  /** Does this step of a run of replenishment. */
  readonly 'run-history'?: true;
  readonly 'run-batch'?: true;
  readonly 'run-placing'?: true;
  /** The messages that one invocation takes at most. The default is five. */
  readonly batchSize?: number;
}

export interface ScheduleTrigger extends Common {
  readonly kind: 'schedule';
  /** EventBridge Scheduler expression, evaluated in `timeZone`. */
  readonly expression: string;
  readonly timeZone: string;
  /** The seconds between two runs. */
  readonly periodSeconds: number;
  /** The setting of the stage that replaces the rate: a number of minutes. */
  readonly minutesOf?: 'lakeTablesMinutes' | 'usageMinutes';
  /** What it means for shoppers, merchants or partners when the job does not run, in a sentence. */
  readonly impact: string;
  /**
   * Whether it fetches exchange rates: it has the publishers' addresses, and the clock starts it in deployed stages
   * only.
   */
  readonly fetchesRates?: true;
  /** Lines of its log that somebody must know about. */
  readonly alarms?: readonly JobAlarm[];
  /** Lines of its log that are counted and raise no alarm: a person looks at their number when something is wrong. */
  readonly counted?: readonly Pick<JobAlarm, 'code' | 'name'>[];
}

/** A line of a job's log that is counted, and raises an alarm when it appears. */
export interface JobAlarm {
  /** The code of the line, from `shared/runtime/log.ts`. */
  readonly code: string;
  /** Name of the metric and of the alarm. */
  readonly name: string;
  /** The alarm is raised when a line was written within these minutes. The default is five. */
  readonly withinMinutes?: number;
  readonly impact: string;
  /** The file under `docs/runbooks/` without its ending. */
  readonly runbook: string;
}

/** The table's stream: new facts and changes of stock to relay, or what the lake keeps. */
export interface StreamTrigger extends Common {
  readonly kind: 'stream';
  readonly watches: 'changes' | 'lake';
}

/** Lambda authorizer of the storefront routes. */
interface AuthorizerTrigger extends Common {
  readonly kind: 'authorizer';
}

/** The path of a function: its file under `functions/` without its ending. */
export type FunctionPath = `${string}/${string}`;

/** A function and what starts it. */
export type TriggerEntry = readonly [FunctionPath, Trigger];

export type Trigger = HttpTrigger | QueueTrigger | ScheduleTrigger | StreamTrigger | AuthorizerTrigger;
