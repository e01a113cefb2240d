import { z } from 'zod';
import { bodyLimitOf } from '../../../events/body-limits.ts';
import { type FunctionId, type HttpTrigger, triggerList } from '../../../events/triggers.ts';
import type { Problem } from '../../../shared/kernel/problem.ts';
import { notFound } from '../../../shared/kernel/problem.ts';
import type { HttpContract, Operation } from '../../../shared/runtime/http-contract.ts';
import { problems } from '../../../shared/runtime/problem-answer.ts';
import { refusalsOf } from './refusals.ts';
import type { RouteDoc } from './route-doc.ts';
import { routeDocs } from './route-docs.ts';
import { type Tag, tagNames, tagOf } from './tags.ts';

export type Described = Pick<
  HttpContract,
  'summary' | 'params' | 'query' | 'body' | 'idempotent' | 'orderToken' | 'versioned' | 'answers' | 'problems'
>;

/** One operation of the document. */
export interface DescribedRoute {
  readonly path: string;
  readonly operationId: string;
  readonly tag: Tag;
  readonly trigger: HttpTrigger;
  readonly description: string;
  readonly contract: Described;
  /** The most bytes of a body; undefined for routes that read none, and for calls of partners. */
  readonly maxBodyBytes?: number;
  /** The refusals of this route. Refusals that every route of its kind can give are not in it. */
  readonly refusals: readonly Problem[];
  readonly doc: RouteDoc;
}

const hookContract: Described = {
  summary: "A partner's signed call",
  params: z.strictObject({
    code: z.string().meta({ description: "The partner's code" }),
  }),
  answers: {
    200: {
      description: 'The call is stored. A repeated call gets the same answer',
      schema: z.strictObject({ received: z.literal(true) }).meta({ id: 'CallbackAccepted' }),
    },
  },
  problems: [401, 404],
};

const page = { description: 'A page' };

/** Routes whose answer is a document: pages, and the two contracts that this command writes. */
const plainContracts: Partial<Record<FunctionId, Described>> = {
  'operations/get-openapi': {
    summary: 'This contract as OpenAPI 3.1',
    answers: { 200: { description: 'The document' } },
  },
  'operations/get-asyncapi': {
    summary: 'The events on the bus as AsyncAPI 3.0',
    answers: { 200: { description: 'The document' } },
  },
  'operations/get-docs': { summary: 'This contract as a page', answers: { 200: page }, problems: [404] },
  'operations/get-front-page': { summary: 'The front page', answers: { 200: page } },
};

/** Every operation, in the order of the documentation. */
export async function describedRoutes(): Promise<DescribedRoute[]> {
  const routes: DescribedRoute[] = [];
  for (const [id, trigger] of triggerList)
    if (trigger.kind === 'http') routes.push(...(await routesOf(id, trigger)));
  return routes.toSorted((a, b) => tagNames.indexOf(a.tag) - tagNames.indexOf(b.tag));
}

/** The operations of a route: one for each parameter value that has a contract of its own, or the only one. */
async function routesOf(id: FunctionId, trigger: HttpTrigger): Promise<DescribedRoute[]> {
  const doc = routeDocs[id] ?? {};
  const route = {
    path: trigger.path.replace('{asset+}', '{asset}').replace('/{page+}', '/'),
    operationId: id.replace(/^\d-/, '').replaceAll('/', '.'),
    tag: tagOf(id, trigger),
    trigger,
    description: [sentence(trigger.does), doc.description].filter((text) => text !== undefined).join('\n\n'),
    refusals: refusalsOf(id),
    doc,
  };
  if (trigger.access.kind === 'signature') {
    const { badSignature, callTooLarge, callNotStored } = problems;
    const own = refusalsOf(id);
    // A call that is not kept in a queue has answers of its own, instead of that it was not stored.
    const refusals = [
      badSignature,
      notFound('partner'),
      callTooLarge,
      ...(own.length > 0 ? own : [callNotStored]),
    ];
    return [{ ...route, contract: hookContract, refusals }];
  }
  const plain = plainContracts[id];
  if (plain !== undefined) return [{ ...route, contract: plain }];
  const { contract, operations } = await moduleOf(id);
  const ofValues = ((await operations?.()) ?? []).map(({ params, contract: own, refusals = [] }) => ({
    ...route,
    path: route.path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole),
    operationId: [route.operationId, ...Object.values(params)].join('.'),
    description: own.answers[200]?.description ?? route.description,
    contract: own,
    ...bodyLimit(own),
    refusals: [...route.refusals, ...refusals],
  }));
  return ofValues.length > 0 ? ofValues : [{ ...route, contract, ...bodyLimit(contract) }];
}

const bodyLimit = ({ id, body }: HttpContract) =>
  body === undefined ? {} : { maxBodyBytes: bodyLimitOf(id) };

async function moduleOf(id: FunctionId) {
  const module = (await import(
    /* @vite-ignore */ new URL(`../../../functions/${id}.ts`, import.meta.url).href
  )) as { contract?: HttpContract; operations?: () => Promise<readonly Operation[]> };
  const { contract, operations } = module;
  if (contract === undefined) throw new Error(`functions/${id}.ts exports no contract`);
  if (contract.id !== id) throw new Error(`functions/${id}.ts has the contract of ${contract.id}`);
  return { contract, operations };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
