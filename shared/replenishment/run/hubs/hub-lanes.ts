import type { ReplenishmentSettings } from '../../../catalogue/index.ts';
import { supplyProblem } from '../../network/supply-tree.ts';
import type { RunProblem } from '../run-problem.ts';
import type { RunLane } from '../transfers/transfer-lanes.ts';

/** The lanes by which hubs feed their sites, and those by which stock is moved besides. */
export interface HubLanes {
  readonly feeds: readonly RunLane[];
  readonly others: readonly RunLane[];
  readonly problems: readonly RunProblem[];
}

/**
 * The lanes of a run with hubs. A hub gives to those that it feeds alone, so that its other lanes are left out. Named
 * are a site that no lane leads to, a circle of hubs, and a site that two hubs feed: the warehouses of such a network
 * are planned one by one, and all their lanes stay as they are. Pure.
 */
export function hubLanes(
  { hubs = [] }: Pick<ReplenishmentSettings, 'hubs'>,
  lanes: readonly RunLane[],
): HubLanes {
  const problems: RunProblem[] = [];
  const wanted = hubs.flatMap(({ warehouseId, feeds }) => {
    const own = lanes.filter(({ from }) => from === warehouseId);
    const missing = (feeds ?? []).filter((site) => !own.some(({ to }) => to === site));
    for (const site of missing)
      problems.push({
        ...{ code: 'no-lane', subject: `${warehouseId} ${site}` },
        detail: 'no line-haul and no transfer lane between two planned warehouses: the hub does not feed it',
      });
    if (own.length === 0 && feeds === undefined)
      problems.push({
        ...{ code: 'no-lane', subject: warehouseId },
        detail: 'no line-haul and no transfer lane leads from the hub: it feeds nothing',
      });
    return own.filter(({ to }) => feeds === undefined || feeds.includes(to));
  });
  const feeds = networksOf(wanted).flatMap((network) => {
    const problem = problemOf(network);
    if (problem === undefined) return network;
    problems.push(problem);
    return [];
  });
  const feeding = new Set(feeds.map(({ from }) => from));
  return { feeds, others: lanes.filter(({ from }) => !feeding.has(from)), problems };
}

/** The lanes of each network whose warehouses no lane joins to another one. */
function networksOf(lanes: readonly RunLane[]): RunLane[][] {
  let networks: RunLane[][] = [];
  for (const lane of lanes) {
    const ends = [lane.from, lane.to];
    const touches = (network: readonly RunLane[]) =>
      network.some(({ from, to }) => ends.includes(from) || ends.includes(to));
    const joined = networks.filter(touches);
    networks = [...networks.filter((network) => !touches(network)), [...joined.flat(), lane]];
  }
  return networks;
}

function problemOf(network: readonly RunLane[]): RunProblem | undefined {
  const ids = [...new Set(network.flatMap(({ from, to }) => [from, to]))].toSorted();
  const stages = ids.map((stageId) => ({ stageId, processingDays: 0, holdingCost: 0 }));
  const problem = supplyProblem(stages, network);
  if (problem === undefined) return undefined;
  const code = problem.reason === 'cycle' ? 'network-cycle' : 'network-not-a-tree';
  const detail = `${problem.detail}: ${ids.join(', ')} are planned one by one`;
  return { code, subject: `hubs of ${ids[0]}`, detail };
}
