import * as z from 'zod';
import { portSchema } from '../../../events/replenishment.ts';
import type { Instant } from '../../kernel/time.ts';
import { codesIn, importChanges, namedOnce } from '../import-changes.ts';
import { type PortCongestion, portCongestionSchema, type RiskStore } from './supply-risks.ts';

/** The most ports of one import: they are written in one transaction. */
const MAX_PORTS = 100;

/** Ports where goods wait, and ports where they wait no more: all of it is done, or nothing. */
export const portImportSchema = z
  .strictObject({
    /** Reports what would change and stores nothing. */
    dryRun: z.boolean().default(false),
    ports: z
      .array(portCongestionSchema.extend({ port: portSchema }))
      .max(MAX_PORTS)
      .default([]),
    /** Ports where goods wait no more, from now on. */
    closed: z.array(portSchema).max(MAX_PORTS).default([]),
  })
  .superRefine(({ ports, closed }, { addIssue }) =>
    namedOnce(
      [
        ...codesIn(
          'ports',
          ports.map(({ port }) => port),
          ['port'],
        ),
        ...codesIn('closed', closed),
      ],
      { most: MAX_PORTS, noun: 'port', addIssue },
    ),
  )
  .meta({ id: 'PortImport' });

/** What an import of ports does, or would do. */
interface PortChanges {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Ports where goods waited until now. */
  readonly closed: number;
  /** Ports to close that are not stored. */
  readonly unknown: readonly string[];
}

/**
 * Stores ports where goods wait, and ends the waiting at others at this instant. A repeat writes nothing. A dry run
 * says what would change and writes nothing.
 */
export async function importPorts(
  store: Pick<RiskStore, 'congestedPorts' | 'putPorts'>,
  { ports: given, closed, dryRun }: z.infer<typeof portImportSchema>,
  now: Instant,
): Promise<PortChanges> {
  const known = new Map((await store.congestedPorts()).map((port) => [port.port, port]));
  const { written, ...counts } = importChanges<PortCongestion>(
    given,
    given.map(({ port }) => known.get(port)),
  );
  const gone = closed.flatMap((port) => {
    const stored = known.get(port);
    return stored === undefined || stored.until <= now ? [] : [{ ...stored, until: now }];
  });
  if (!dryRun && written.length + gone.length > 0) await store.putPorts([...written, ...gone]);
  return { ...counts, closed: gone.length, unknown: closed.filter((port) => !known.has(port)) };
}
