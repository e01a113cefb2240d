import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { unescape as decodePercents } from 'node:querystring';
import { setTimeout as sleep } from 'node:timers/promises';
import { countObjects } from './control.ts';
import { answerPreflight, openToBrowsers } from './cors.ts';
import type { CallFault, FaultControl } from './faults.ts';
import type { PartnerHelp } from './pages/help.ts';
import { partnerPage } from './pages/partner-page.ts';
import type { Operation, PartnerAnswer, PartnerRequest, PartnerServer } from './partner.ts';
import { newId } from './random.ts';
import { findShopperPage, SHOPPER_PATH } from './shopper-path.ts';
import type { PartnerStore } from './store.ts';

const maxBodyBytes = 2 * 1024 * 1024;

interface FrontOptions {
  /** The partner's code. Fault rules name it. */
  readonly code: string;
  /** The help for the page at the root. */
  readonly help?: PartnerHelp | undefined;
  /** Whether pages of other origins may call the operations. */
  readonly answersBrowsers?: boolean | undefined;
  readonly store: PartnerStore;
  readonly faults: FaultControl;
  readonly log: (message: string, detail: unknown) => void;
  /** Answers `/_sandbox/...`; undefined when the path is another one. */
  readonly control: (request: PartnerRequest) => PartnerAnswer | undefined;
}

interface Route {
  readonly operation: Operation;
  readonly pattern: RegExp;
}

/**
 * One partner's HTTP server. For each call it finds the operation, applies faults, does the work in one transaction,
 * and answers.
 */
export class PartnerFront {
  readonly server: Server;
  readonly #partner: PartnerServer;
  readonly #options: FrontOptions;
  readonly #routes: readonly Route[];
  readonly #keysInFlight = new Set<string>();
  readonly #stopping = new AbortController();
  #busy = 0;

  constructor(partner: PartnerServer, options: FrontOptions) {
    this.#partner = partner;
    this.#options = options;
    this.#routes = partner.operations.map((operation) => ({ operation, pattern: toPattern(operation.path) }));
    this.server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
    this.server.keepAliveTimeout = 60_000;
  }

  busy(): boolean {
    return this.#busy > 0;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    this.#busy += 1;
    try {
      await this.#answer(await readRequest(incoming), outgoing);
    } catch (error) {
      if (!this.#stopping.signal.aborted)
        this.#options.log('a partner could not answer', { error: String(error) });
      outgoing.destroy();
    } finally {
      this.#busy -= 1;
    }
  }

  async #answer(request: PartnerRequest, outgoing: ServerResponse): Promise<void> {
    if (!isDecodable(request.path)) {
      const detail = `The path has percent escapes that are not UTF-8: ${request.path}`;
      return send(outgoing, this.#partner.error(400, request.requestId, detail));
    }
    const control = this.#options.control(request);
    // The control routes come before the headers for browsers: they accept pages of this origin only.
    if (control !== undefined) return send(outgoing, control);
    if (request.path === '/' && request.method === 'GET') return send(outgoing, this.#page(request));
    if (request.path === SHOPPER_PATH && request.method === 'GET')
      return send(outgoing, findShopperPage(this.#options.store, this.#partner.operations, request));
    if (this.#options.answersBrowsers === true) {
      openToBrowsers(outgoing);
      const preflight = answerPreflight(request);
      if (preflight !== undefined) return send(outgoing, preflight);
    }
    const found = this.#match(request);
    if (found === undefined) {
      const detail = `Unrecognized request URL (${request.method}: ${request.path}).`;
      return send(outgoing, this.#partner.error(404, request.requestId, detail));
    }
    const text = () =>
      [
        request.path,
        decodePercents(request.body),
        request.headers['idempotency-key'] ?? '',
        this.#partner.contextOf(request, found.parameters),
      ].join(' ');
    const fault = this.#options.faults.strikeCall(this.#options.code, found.operation.name, text);
    if (fault === undefined) return send(outgoing, this.#work(request, found));
    await this.#misbehave(fault, request, found, outgoing);
  }

  async #misbehave(
    fault: CallFault,
    request: PartnerRequest,
    found: Match,
    outgoing: ServerResponse,
  ): Promise<void> {
    if (fault.kind === 'slow') return this.#workSlowly(fault.delayMs, request, found, outgoing);
    if (fault.kind === 'throttle') {
      const answer = this.#partner.error(429, request.requestId, 'Too many requests');
      const headers = { ...answer.headers, 'retry-after': String(fault.retryAfterSeconds ?? 1) };
      return send(outgoing, { ...answer, headers });
    }
    if (fault.done === true) this.#work(request, found);
    if (fault.kind === 'error')
      return send(outgoing, this.#partner.error(fault.status, request.requestId, 'Injected fault'));
    if (fault.kind === 'garbage') {
      return send(outgoing, {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"id": "',
      });
    }
    if (fault.kind === 'timeout')
      await sleep(fault.holdMs, undefined, { signal: this.#stopping.signal, ref: false });
    outgoing.socket?.resetAndDestroy();
  }

  async #workSlowly(
    delayMs: number,
    request: PartnerRequest,
    found: Match,
    outgoing: ServerResponse,
  ): Promise<void> {
    const key = this.#partner.inFlightKey(request);
    if (key !== undefined) this.#keysInFlight.add(key);
    try {
      await sleep(delayMs, undefined, { signal: this.#stopping.signal, ref: false });
    } finally {
      if (key !== undefined) this.#keysInFlight.delete(key);
    }
    send(outgoing, this.#work(request, found));
  }

  #work(request: PartnerRequest, found: Match): PartnerAnswer {
    const key = this.#partner.inFlightKey(request);
    if (key !== undefined && this.#keysInFlight.has(key)) return this.#partner.conflict(request.requestId);
    try {
      return this.#options.store.atomically(() =>
        this.#partner.guard(request, found.operation, () =>
          found.operation.answer(request, found.parameters),
        ),
      );
    } catch (error) {
      this.#options.log('a partner failed', { operation: found.operation.name, error: describe(error) });
      return this.#partner.error(500, request.requestId, 'The sandbox failed; see its log');
    }
  }

  #page({ headers }: PartnerRequest): PartnerAnswer {
    const { operations } = this.#partner;
    const { code, help, store, faults } = this.#options;
    const held = Object.entries(countObjects(store)).filter(([kind]) => kind.startsWith(`${code}.`));
    const url = `http://${headers.host ?? ''}`;
    return partnerPage({
      code,
      url,
      help,
      operations,
      held: Object.fromEntries(held),
      faults: faults.list(),
    });
  }

  #match(request: PartnerRequest): Match | undefined {
    for (const { operation, pattern } of this.#routes) {
      if (operation.method !== request.method) continue;
      const groups = pattern.exec(request.path)?.groups;
      if (groups === undefined) continue;
      const parameters = Object.fromEntries(
        Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
      return { operation, parameters };
    }
    return undefined;
  }
}

interface Match {
  readonly operation: Operation;
  readonly parameters: Record<string, string>;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function toPattern(path: string): RegExp {
  // The empty group keeps `groups` an object when the path has no parameter.
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?(?<_>)$`);
}

async function readRequest(incoming: IncomingMessage): Promise<PartnerRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new RangeError('The body is larger than a partner accepts');
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'http://partner');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    requestId: newId('req', 14),
  };
}

function send(outgoing: ServerResponse, answer: PartnerAnswer): void {
  const raw = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
  const body = raw ? (answer.body as string | Buffer) : JSON.stringify(answer.body);
  outgoing.writeHead(answer.status, {
    'content-type': 'application/json',
    ...answer.headers,
    'content-length': Buffer.byteLength(body),
  });
  outgoing.end(body);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
