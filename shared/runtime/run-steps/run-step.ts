import type { RunStep } from '../../replenishment/run/ports.ts';
import { log } from '../log.ts';
import { type Invocation, queueConsumer } from '../queue-consumer.ts';

type StepName = RunStep['step'];
type StepOf<Name extends StepName> = Extract<RunStep, { step: Name }>;

/** What a function does for the steps that it takes. The answer says what became of the step. */
type Acts<Deps, Name extends StepName> = {
  readonly [Each in Name]: (deps: Deps, step: StepOf<Each>, run: Invocation) => Promise<string>;
};

/** A function that does some steps of runs of replenishment. What became of each is logged. */
export function runSteps<Deps, Name extends StepName>(deps: () => Deps, acts: Acts<Deps, Name>) {
  return queueConsumer(deps, async (message, made, run) => {
    if (message.kind !== 'run-step') throw new Error(`nothing is to be done for a ${message.kind} here`);
    const { step } = message;
    const act = acts[step.step as Name] as Acts<Deps, StepName>[StepName] | undefined;
    if (act === undefined) throw new Error(`nothing is to be done for the step ${step.step} here`);
    const became = await act(made, step as never, run);
    log.info('RUN_STEP', { ...step, became });
  });
}
