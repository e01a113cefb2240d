import type { AddressInfo } from 'node:net';
import { createBroker } from '../../shared/customs/brokers/broker/sandbox/partner.ts';
import { createStripe } from '../../shared/payment/providers/stripe/sandbox/partner.ts';
import { createEasyPost } from '../../shared/shipping/carriers/easypost/sandbox/partner.ts';
import { createWarehouse } from '../../shared/warehouse/systems/wms/sandbox/partner.ts';
import { createControl } from './control.ts';
import { FaultControl } from './faults.ts';
import { HookSender } from './hook-sender.ts';
import type { PartnerSecrets, PartnerServer, Sandbox } from './partner.ts';
import { PartnerFront } from './partner-front.ts';
import { type PartnerName, partnerNames } from './partner-names.ts';
import { createSimulation } from './simulation/simulation.ts';
import { StepRunner } from './step-runner.ts';
import { PartnerStore } from './store.ts';

export interface PartnersOptions {
  /** Holds `partners.db`; made when it does not exist. */
  readonly dataDir: string;
  /** Stripe's port; EasyPost, the broker and the warehouse take the next three. 0 (the default) takes any free ones. */
  readonly port?: number;
  /** Where our API listens, such as http://127.0.0.1:3000; webhooks go to /v1/hooks/... below it. */
  readonly hooksBaseUrl: string;
  readonly secrets: PartnerSecrets;
  /** Divides every delay of the physical world. At 1 a parcel is delivered about 3 seconds after its dispatch order. */
  readonly pace?: number;
  /** Decides faults that strike at a rate. */
  readonly seed?: number;
  readonly log?: (message: string, detail: unknown) => void;
}

export interface Partners {
  readonly urls: Readonly<Record<PartnerName, string>>;
  /** Changes keys and signing secrets from now on. */
  setSecrets(secrets: Partial<PartnerSecrets>): void;
  /** Changes where webhooks go; those that wait go there too. */
  setHooksBaseUrl(url: string): void;
  readonly faults: FaultControl;
  /** Nothing waits: no call is being answered, no step of the world is due or to come, no webhook is undelivered. */
  idle(): boolean;
  stop(): Promise<void>;
}

/** Starts the sandbox partners, each at the root of a port of its own, and goes on with what the data folder holds. */
export async function startPartners(options: PartnersOptions): Promise<Partners> {
  const store = new PartnerStore(options.dataDir);
  const pace = options.pace ?? 1;
  const now = () => Date.now();
  const log = options.log ?? ((message, detail) => console.error(message, detail));
  let secrets = options.secrets;
  const urls = { stripe: '', easypost: '', broker: '', warehouse: '' };
  const faults = new FaultControl(store, options.seed ?? 1);
  const hooks = new HookSender({ store, faults, secrets: () => secrets, now, log }, options.hooksBaseUrl);
  const sandbox: Sandbox = {
    store,
    faults,
    now,
    secrets: () => secrets,
    urlOf: (partner) => urls[partner],
    sendHook: (hook) => hooks.enqueue(hook),
    later: (kind, delayMs, data) => {
      store.addStep(kind, now() + delayMs / pace, data);
      steps.wake();
    },
  };
  const partners = createPartners(sandbox);
  const handlers = Object.assign({}, ...partners.map((partner) => partner.steps)) as PartnerServer['steps'];
  const steps = new StepRunner({ store, handlers, now, log });
  const idle = () => hooks.waiting() === 0 && steps.waiting() === 0 && fronts.every((front) => !front.busy());
  const control = createControl({ store, faults, hooks, steps, idle });
  const fronts = partners.map((partner) => new PartnerFront(partner, { store, faults, log, control }));
  for (const [index, front] of fronts.entries()) {
    const name = partners[index]?.name ?? 'stripe';
    const port = await listen(front, options.port ? options.port + partnerNames.indexOf(name) : 0);
    urls[name] = `http://127.0.0.1:${port}`;
  }
  hooks.wake();
  steps.wake();
  return {
    urls,
    setSecrets: (changed) => {
      secrets = { ...secrets, ...changed };
    },
    setHooksBaseUrl: (url) => hooks.setBaseUrl(url),
    faults,
    idle,
    stop: async () => {
      steps.stop();
      hooks.stop();
      await Promise.all(fronts.map((front) => front.stop()));
      store.close();
    },
  };
}

function createPartners(sandbox: Sandbox): PartnerServer[] {
  const simulation = createSimulation(sandbox);
  return [
    createStripe(sandbox),
    createEasyPost(sandbox, simulation),
    createBroker(sandbox),
    createWarehouse(sandbox, simulation.handOver),
  ];
}

function listen(front: PartnerFront, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    front.server.once('error', reject);
    front.server.listen(port, '127.0.0.1', () => resolve((front.server.address() as AddressInfo).port));
  });
}
