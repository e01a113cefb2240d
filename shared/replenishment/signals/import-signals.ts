import { canonicalJson } from '../../kernel/hash.ts';
import { type SignalImport, type StoredSignal, storedSignal } from './given-signal.ts';
import type { SignalStore } from './ports.ts';

/** What an import does, or would do. */
interface SignalChanges {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly retired: number;
  /** Codes that were to be retired, and are not stored. */
  readonly unknown: readonly string[];
  /** The signals of the import with their days, in its order. */
  readonly signals: readonly StoredSignal[];
}

/**
 * Stores and retires signals that were checked before. A repeat writes nothing. A dry run says what would change and
 * writes nothing.
 */
export async function importSignals(
  store: Pick<SignalStore, 'find' | 'write'>,
  { signals: given, retired, dryRun }: SignalImport,
): Promise<SignalChanges> {
  const signals = given.map(storedSignal);
  const ids = [...signals.map(({ signalId }) => signalId), ...retired];
  const known = await store.find(ids);
  const changed = signals.filter((signal, at) => canonicalJson(signal) !== canonicalJson(known[at] ?? null));
  const isKnown = new Set(ids.filter((_, at) => known[at] !== undefined));
  const gone = retired.filter((id) => isKnown.has(id));
  if (!dryRun && changed.length + gone.length > 0) await store.write({ stored: changed, retired: gone });
  const added = changed.filter(({ signalId }) => !isKnown.has(signalId)).length;
  return {
    ...{ added, changed: changed.length - added, unchanged: signals.length - changed.length },
    ...{ retired: gone.length, unknown: retired.filter((id) => !isKnown.has(id)), signals },
  };
}
