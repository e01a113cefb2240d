import type { Cause } from '../../events/envelope.ts';
import { forEachInTurn, loadOrder, type Timeline } from '../timeline/index.ts';
import type { DeclareDeps } from './declare-deps.ts';
import { withdrawNamed } from './withdraw-named.ts';
import { withdrawUnnamed } from './withdraw-unnamed.ts';

/**
 * Withdraws the declarations of a cancelled order, or of a parcel that was stopped and closed: those that are left when
 * it is repeated. A declaration that no fact names is withdrawn by its number: the step that filed it may have got no
 * answer, and found the order held or stopped when its message came again.
 */
export async function withdrawDeclarations(deps: DeclareDeps, orderId: string, cause: Cause): Promise<void> {
  await withdrawDeclarationsOf(deps, await loadOrder(deps.timelines, orderId), cause);
}

/** Like {@link withdrawDeclarations}, for a timeline that is loaded. Nobody is called if nothing is to be withdrawn. */
export async function withdrawDeclarationsOf(
  deps: DeclareDeps,
  timeline: Timeline,
  cause: Cause,
): Promise<void> {
  const namedThenUnnamed = [
    () => withdrawNamed(deps, timeline, cause),
    () => withdrawUnnamed(deps, timeline, cause),
  ];
  await forEachInTurn(namedThenUnnamed, (act) => act());
}
