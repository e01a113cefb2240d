import type { AddressInfo } from 'node:net';
import { createControl } from './control.ts';
import { FaultControl } from './faults.ts';
import { HookSender } from './hook-sender.ts';
import type { PartnerKeys, PartnerServer, Sandbox, SandboxPartner } from './partner.ts';
import { PartnerFront } from './partner-front.ts';
import { type KeysByCode, partnerKeys, partnerSettings } from './partner-keys.ts';
import { findSandboxPartners, portOffsets } from './registry.ts';
import { createSimulation, type Simulation } from './simulation/simulation.ts';
import { StepRunner } from './step-runner.ts';
import { PartnerStore } from './store.ts';

export interface PartnersOptions {
  /** The folder of `partners.db` and `partner-keys.json`. It is made if it does not exist. */
  readonly dataDir: string;
  /**
   * The first port. The port of each partner depends on its place in the list. With 0, the default, all ports are
   * free ones.
   */
  readonly port?: number;
  /** The address of our API, such as http://127.0.0.1:3000. Webhooks go to /v1/hooks/... below it. */
  readonly hooksBaseUrl: string;
  /** The codes of partners that send no webhooks, as a partner does that can't reach our API. */
  readonly withoutWebhooks?: readonly string[];
  /** The partners to start. The default is all partners of the plug-ins' folders. */
  readonly partners?: readonly SandboxPartner[];
  /** Keys by the partner's code. The default is the keys of the data folder, or new ones. */
  readonly keys?: KeysByCode;
  /**
   * Divides every delay of the simulation. With 1, a parcel is delivered about 3 seconds after its dispatch order.
   */
  readonly pace?: number;
  /** How long a webhook that a fault holds back waits for the next one, in milliseconds. The default is 3,000. */
  readonly reorderHoldMs?: number;
  /** The seed that decides about faults with a rate. */
  readonly seed?: number;
  readonly log?: (message: string, detail: unknown) => void;
}

export interface Partners {
  /** The addresses, by the partner's code. */
  readonly urls: Readonly<Record<string, string>>;
  /** The address of a partner; throws for an unknown code. */
  urlOf(code: string): string;
  /** The present keys of a partner; throws for an unknown code. */
  keysOf(code: string): PartnerKeys;
  /** The values of the partners' secrets, by the secret's name. */
  settings(): ReturnType<typeof partnerSettings>;
  /** Changes a partner's keys from now on. */
  setKeys(code: string, keys: Partial<PartnerKeys>): void;
  /** Changes the address for webhooks. Waiting webhooks go there too. */
  setHooksBaseUrl(url: string): void;
  /** What the partner's own code takes for the present, in milliseconds ahead of the clock; webhooks keep the clock. */
  moveClock(code: string, aheadMs: number): void;
  readonly faults: FaultControl;
  /** Whether nothing waits: no call is being answered, no simulated step is planned, no webhook is undelivered. */
  idle(): boolean;
  stop(): Promise<void>;
}

/** Starts the sandbox partners, each on its own port, and continues with the state of the data folder. */
export async function startPartners(options: PartnersOptions): Promise<Partners> {
  const partners = options.partners ?? (await findSandboxPartners());
  const offsets = portOffsets(partners);
  const network = new PartnerNetwork(partners, options);
  try {
    for (const { code, server } of network.fronts) {
      const port = await listen(server, options.port ? options.port + (offsets.get(code) ?? 0) : 0);
      network.urls.set(code, `http://127.0.0.1:${port}`);
    }
  } catch (error) {
    await network.stop();
    throw error;
  }
  network.wake();
  return {
    urls: Object.fromEntries(network.urls),
    urlOf: (code) => network.urlOf(code),
    keysOf: (code) => network.keysOf(code),
    settings: () =>
      partnerSettings(partners, Object.fromEntries(network.keys), Object.fromEntries(network.urls)),
    setKeys: (code, changed) => void network.keys.set(code, { ...network.keysOf(code), ...changed }),
    setHooksBaseUrl: (url) => network.hooks.setBaseUrl(url),
    moveClock: (code, aheadMs) => void network.aheadMs.set(code, aheadMs),
    faults: network.faults,
    idle: () => network.idle(),
    stop: () => network.stop(),
  };
}

/** The parts that all partners of one data folder share, and a server for each partner. */
class PartnerNetwork {
  readonly fronts: readonly { readonly code: string; readonly server: PartnerFront }[];
  readonly urls = new Map<string, string>();
  readonly keys: Map<string, PartnerKeys>;
  readonly aheadMs = new Map<string, number>();
  readonly faults: FaultControl;
  readonly hooks: HookSender;
  readonly #store: PartnerStore;
  readonly #steps: StepRunner;
  readonly #simulation: Simulation;
  readonly #pace: number;
  readonly #mute: ReadonlySet<string>;

  constructor(partners: readonly SandboxPartner[], options: PartnersOptions) {
    const { dataDir, pace = 1, seed = 1, hooksBaseUrl } = options;
    const log = options.log ?? ((message: string, detail: unknown) => console.error(message, detail));
    const store = new PartnerStore(dataDir);
    this.#store = store;
    this.#pace = pace;
    this.#mute = new Set(options.withoutWebhooks);
    const withoutKeys = partners.filter(({ code }) => options.keys?.[code] === undefined);
    this.keys = new Map(Object.entries({ ...options.keys, ...partnerKeys(dataDir, withoutKeys) }));
    this.faults = new FaultControl(store, seed);
    const { faults } = this;
    const keysOf = (code: string) => this.keysOf(code);
    const { reorderHoldMs } = options;
    const sender = { store, faults, partners, keysOf, now: Date.now, log, reorderHoldMs };
    this.hooks = new HookSender(sender, hooksBaseUrl);
    this.#simulation = createSimulation({ store, now: Date.now, later: this.#later });
    const servers = partners.map(({ code, help, answersBrowsers, createServer }) => {
      const server = createServer(this.#sandboxOf(code));
      refuseForeignSteps(code, server);
      return { code, help, answersBrowsers, server };
    });
    const handlers = Object.assign({}, this.#simulation.steps, ...servers.map(({ server }) => server.steps));
    this.#steps = new StepRunner({ store, handlers, now: Date.now, log });
    const codes = partners.map(({ code }) => code);
    const control = createControl({
      store,
      faults,
      codes,
      hooks: this.hooks,
      steps: this.#steps,
      idle: () => this.idle(),
    });
    this.fronts = servers.map(({ server, ...shown }) => ({
      code: shown.code,
      server: new PartnerFront(server, { ...shown, store, faults, log, control }),
    }));
  }

  urlOf(code: string): string {
    const url = this.urls.get(code);
    if (url === undefined) throw new RangeError(`no partner with the code ${code} is running`);
    return url;
  }

  keysOf(code: string): PartnerKeys {
    const keys = this.keys.get(code);
    if (keys === undefined) throw new RangeError(`no partner with the code ${code} has keys`);
    return keys;
  }

  wake(): void {
    this.hooks.wake();
    this.#steps.wake();
  }

  idle(): boolean {
    const isWaiting = this.hooks.waiting() > 0 || this.#steps.waiting() > 0;
    return !isWaiting && this.fronts.every(({ server }) => !server.busy());
  }

  async stop(): Promise<void> {
    this.#steps.stop();
    this.hooks.stop();
    await Promise.all(this.fronts.map(({ server }) => server.stop()));
    this.#store.close();
  }

  readonly #later = (step: string, delayMs: number, data: unknown): void => {
    this.#store.addStep(step, Date.now() + delayMs / this.#pace, data);
    this.#steps.wake();
  };

  #sandboxOf(code: string): Sandbox {
    return {
      store: this.#store,
      behaviour: (text, among) => this.faults.behaviour(code, text, among),
      now: () => Date.now() + (this.aheadMs.get(code) ?? 0),
      keys: () => this.keysOf(code),
      url: () => this.urlOf(code),
      sendHook: (hook) => {
        if (!this.#mute.has(code)) this.hooks.enqueue(code, hook);
      },
      later: this.#later,
      parcels: this.#simulation.parcelsOf(code),
    };
  }
}

/** The steps of all partners are in one table, so each step's name must begin with its partner's code. */
function refuseForeignSteps(code: string, { steps }: PartnerServer): void {
  const foreign = Object.keys(steps).find((step) => !step.startsWith(`${code}.`));
  if (foreign !== undefined)
    throw new Error(`the step ${foreign} of ${code} must be named ${code}.${foreign}`);
}

function listen(front: PartnerFront, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    front.server.once('error', reject);
    front.server.listen(port, '127.0.0.1', () => resolve((front.server.address() as AddressInfo).port));
  });
}
