import type { RunStep } from '../replenishment/run/ports.ts';
import { log } from './log.ts';
import { type Invocation, queueConsumer } from './queue-consumer.ts';

type StepOf<Name extends RunStep['step']> = Extract<RunStep, { step: Name }>;

/** A function that does one step of runs of replenishment. What became of each is logged. */
export function runStep<Name extends RunStep['step'], Deps>(
  name: Name,
  deps: () => Deps,
  act: (deps: Deps, step: StepOf<Name>, run: Invocation) => Promise<string>,
) {
  return queueConsumer(deps, async (message, made, run) => {
    if (message.kind !== 'run-step' || message.step.step !== name)
      throw new Error(`nothing is to be done for a ${message.kind} here`);
    const became = await act(made, message.step as StepOf<Name>, run);
    log.info('RUN_STEP', { ...message.step, became });
  });
}
