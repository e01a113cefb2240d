import type { PlanContext, SiteToPlan } from '../site-to-plan.ts';
import { feedSites, type StagedSite, withOwed } from './feed-sites.ts';

const isStaged = (site: SiteToPlan): site is StagedSite => site.stage !== undefined;

/** The sites of a batch with what hubs give to them and give away, in their order. */
export const feedBatch = (sites: readonly SiteToPlan[], context: PlanContext): SiteToPlan[] =>
  bySku(sites, (staged) => feedSites(staged, context));

/** The sites of a batch with what each hub owes after all moves, in their order; the same one where nothing changes. */
export const oweBatch = (sites: readonly SiteToPlan[]): SiteToPlan[] => bySku(sites, withOwed);

function bySku(
  sites: readonly SiteToPlan[],
  change: (staged: readonly StagedSite[]) => readonly StagedSite[],
): SiteToPlan[] {
  const changed = new Map<SiteToPlan, SiteToPlan>();
  for (const staged of Map.groupBy(sites.filter(isStaged), ({ history }) => history.sku).values())
    for (const [at, site] of change(staged).entries()) {
      const before = staged[at];
      if (before !== undefined) changed.set(before, site);
    }
  return sites.map((site) => changed.get(site) ?? site);
}
