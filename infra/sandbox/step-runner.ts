import type { PartnerStore, Step } from './store.ts';

type StepHandler = (data: never) => void;

interface StepRunnerOptions {
  readonly store: PartnerStore;
  readonly handlers: Readonly<Record<string, StepHandler>>;
  readonly now: () => number;
  readonly log: (message: string, detail: unknown) => void;
}

const retryMs = 5_000;

/** Runs the steps of the simulation when they are due. Each step and its changes are one transaction. */
export class StepRunner {
  readonly #options: StepRunnerOptions;
  #timer: NodeJS.Timeout | undefined;
  #woken = false;
  #stopped = false;

  constructor(options: StepRunnerOptions) {
    this.#options = options;
  }

  /** Looks for due steps when the present transaction has ended. */
  wake(): void {
    if (this.#woken || this.#stopped) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      if (!this.#stopped) this.#runDue();
    });
  }

  waiting(): number {
    return this.#options.store.row<{ count: number }>('SELECT count(*) AS count FROM steps')?.count ?? 0;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #runDue(): void {
    clearTimeout(this.#timer);
    const { store, now } = this.#options;
    for (const step of store.dueSteps(now())) this.#run(step);
    const next = store.nextStepDueMs();
    if (next !== undefined) this.#timer = setTimeout(() => this.wake(), Math.max(1, next - now()));
  }

  #run(step: Step): void {
    const { store, handlers, now, log } = this.#options;
    try {
      const handler = handlers[step.kind];
      if (handler === undefined) throw new Error(`No partner knows the step ${step.kind}`);
      store.atomically(() => {
        store.removeStep(step.id);
        handler(step.data as never);
      });
    } catch (error) {
      log('a step of the simulation failed and will be tried again', {
        step: step.kind,
        error: String(error),
      });
      store.run('UPDATE steps SET due = ? WHERE id = ?', now() + retryMs, step.id);
    }
  }
}
