import { readFaultRules } from './fault-rule.ts';
import type { FaultControl } from './faults.ts';
import type { HookSender } from './hook-sender.ts';
import type { PartnerAnswer, PartnerRequest } from './partner.ts';
import { refuseForeign } from './refuse-foreign.ts';
import type { StepRunner } from './step-runner.ts';
import type { PartnerStore } from './store.ts';

interface ControlOptions {
  /** The codes of all partners. */
  readonly codes: readonly string[];
  readonly store: PartnerStore;
  readonly faults: FaultControl;
  readonly hooks: HookSender;
  readonly steps: StepRunner;
  readonly idle: () => boolean;
}

/**
 * The sandbox's own routes, on every partner's port:
 * - `POST /_sandbox/faults` takes one FaultRule or an array, and answers { ids }; `GET` lists the faults; `DELETE`
 *   removes all, or the one of `?id=`;
 * - `GET /_sandbox/state` gives the waiting work, the number of objects, and the latest attempts to deliver webhooks;
 * - `GET /_sandbox/objects/{kind}` gives the objects of a kind (`code.kind`, as the partner's folder names it),
 *   newest first. It takes `?limit=`, or `?id=` for one object.
 * Only programs of this machine and pages of the same port may call them.
 */
export function createControl(
  options: ControlOptions,
): (request: PartnerRequest) => PartnerAnswer | undefined {
  return (request) => {
    if (!request.path.startsWith('/_sandbox/')) return undefined;
    const refusal = refuseForeign(request);
    if (refusal !== undefined) return refusal;
    const [, , door = '', kind = ''] = request.path.split('/');
    if (door === 'faults') return answerFaults(options, request);
    if (door === 'state') return { status: 200, body: describeState(options) };
    if (door === 'objects') return listObjects(options.store, decodeURIComponent(kind), request.query);
    return { status: 404, body: { error: `The sandbox has no route /_sandbox/${door}` } };
  };
}

function answerFaults({ faults, codes }: ControlOptions, request: PartnerRequest): PartnerAnswer {
  if (request.method === 'GET') return { status: 200, body: { faults: faults.list() } };
  if (request.method === 'DELETE') {
    const id = request.query.get('id');
    if (id === null) faults.clear();
    else faults.remove(id);
    return { status: 200, body: { faults: faults.list() } };
  }
  if (request.method !== 'POST') {
    const error = `faults takes GET, POST and DELETE, and not ${request.method}`;
    return { status: 405, headers: { allow: 'GET, POST, DELETE' }, body: { error } };
  }
  try {
    const rules = readFaultRules(request.body, codes);
    return { status: 201, body: { ids: rules.map((rule) => faults.add(rule)) } };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { status: 400, body: { error: error.message } };
  }
}

function describeState(options: ControlOptions): object {
  return {
    idle: options.idle(),
    stepsWaiting: options.steps.waiting(),
    hooksWaiting: options.hooks.waiting(),
    objects: countObjects(options.store),
    hookAttempts: options.hooks.attempts(),
  };
}

/** The number of objects, by kind. */
export function countObjects(store: PartnerStore): Readonly<Record<string, number>> {
  const sql = 'SELECT kind, count(*) AS count FROM documents GROUP BY kind ORDER BY kind';
  return Object.fromEntries(
    store.rows<{ kind: string; count: number }>(sql).map(({ kind, count }) => [kind, count]),
  );
}

function listObjects(store: PartnerStore, kind: string, query: URLSearchParams): PartnerAnswer {
  const id = query.get('id');
  if (id === null)
    return { status: 200, body: { objects: store.list(kind, { limit: Number(query.get('limit') ?? 100) }) } };
  const found = store.get<object>(kind, id);
  return found === undefined
    ? { status: 404, body: { error: `No ${kind} ${id}` } }
    : { status: 200, body: found };
}
