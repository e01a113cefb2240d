import type { placeProposals } from '../../../shared/replenishment/purchasing/place-proposals.ts';
import type { OpenCover, StoredOrder } from '../../../shared/replenishment/purchasing/ports.ts';
import { eur, supplier } from './replenishment-builders.ts';

/** Orders in memory, with the condition of the table: covers are those that were read. */
export function memory() {
  const stored = new Map<string, StoredOrder>();
  const covers = new Map<string, { open: OpenCover[]; revision: number }>();
  const nameOf = ({ sku, warehouseId }: { sku: string; warehouseId: string }) => `${sku}@${warehouseId}`;
  let settings = {};
  return {
    stored,
    limit: (amount: number) => {
      settings = { approvalLimit: eur(amount) };
    },
    end(id: string) {
      for (const cover of covers.values())
        cover.open = cover.open.filter(({ replenishmentOrderId }) => replenishmentOrderId !== id);
    },
    deps: {
      suppliers: {
        find: async (id: string) => (['ningbo', 'yiwu'].includes(id) ? supplier(id) : undefined),
        settings: async () => ({ approvesTransfers: true, ...settings }),
      },
      orders: {
        load: async (id: string) => stored.get(id),
        coverOf: async (places: readonly { sku: string; warehouseId: string }[]) =>
          places.map((place) => ({ ...(covers.get(nameOf(place)) ?? { open: [], revision: 0 }) })),
        place: async ({ step, state, covers: read }: Parameters<Placing>[0]) => {
          const isStale = read.some(
            ({ place, cover }) => (covers.get(nameOf(place))?.revision ?? 0) !== cover.revision,
          );
          if (isStale || stored.has(state.replenishmentOrderId)) return 'conflict' as const;
          stored.set(state.replenishmentOrderId, { state, steps: [step], sendAttempts: 0 });
          for (const { place, cover, part } of read) {
            const { replenishmentOrderId, runId } = state;
            covers.set(nameOf(place), {
              open: [...cover.open, { replenishmentOrderId, runId, part }],
              revision: cover.revision + 1,
            });
          }
          return 'written' as const;
        },
      },
    },
  };
}

type Placing = Parameters<typeof placeProposals>[0]['orders']['place'];
