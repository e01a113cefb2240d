import { builtFunctions } from '../../infra/local/lambda/built-functions.ts';
import { synthesise } from '../../infra/local/synthesise.ts';

/** Synthesises the stacks and builds the functions, unless their sources are unchanged. The test files find both. */
export default async function buildOnce(): Promise<void> {
  await synthesise();
  await builtFunctions();
}
