import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type Metric,
  Row,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { folderOf, functionName, plainName, stageWide } from '../../events/names.ts';
import type { FunctionPath, TriggerEntry } from '../../events/triggers.ts';
import type { Stage } from '../stages.ts';
import { countedLines } from './counted-lines.ts';
import { apiMetrics, functionMetrics, ownMetric, queueMetrics } from './metrics.ts';
import { parkingName } from './names.ts';

const HEIGHT = 6;
/** A quarter of the dashboard's 24 columns. */
const QUARTER = 6;

export interface JourneyDashboardProps {
  readonly stage: Stage;
  readonly apiId: string;
  readonly triggers: readonly TriggerEntry[];
}

/** The dashboard shows the shared parts first, then one row for each stage in the order of the journey. */
export class JourneyDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: JourneyDashboardProps) {
    super(scope, id, { dashboardName: stageWide(props.stage.name) });
    this.addWidgets(overview(props));
    for (const [folder, members] of stagesOfJourney(props.triggers)) {
      this.addWidgets(new TextWidget({ markdown: `## ${folder}`, width: 24, height: 1 }));
      this.addWidgets(rowOf(props.stage, members));
    }
  }
}

function stagesOfJourney(triggers: readonly TriggerEntry[]): Map<string, TriggerEntry[]> {
  const stages = new Map<string, TriggerEntry[]>();
  for (const member of triggers) {
    const folder = folderOf(member[0]);
    stages.set(folder, [...(stages.get(folder) ?? []), member]);
  }
  return stages;
}

function overview({ stage, apiId, triggers }: JourneyDashboardProps): Row {
  const api = apiMetrics(apiId);
  const relays = triggers.filter(([, trigger]) => trigger.kind === 'stream');
  const late = relays.map(([id]) => functionMetrics(stage.name, id).iteratorAgeMs);
  return new Row(
    graph('Requests', [api.count, api.clientErrors, api.serverErrors]),
    graph('Latency of requests, 95th percentile (ms)', [api.latencyMs]),
    graph('Relay behind the table (ms)', late),
    graph(
      'Lines of the log that raise alarms, parked messages (right)',
      countedLines(triggers).map(({ name }) => ownMetric(stage.name, name)),
      (['failed', 'undelivered'] as const).map((each) => queueMetrics(parkingName(stage.name, each)).depth),
    ),
  );
}

function rowOf({ name }: Stage, members: readonly TriggerEntry[]): Row {
  const each = (pick: (id: FunctionPath) => Metric[]) =>
    members.flatMap(([id]) =>
      pick(id).map((metric) => metric.with({ label: `${plainName(id)} ${metric.metricName}` })),
    );
  const queued = members.filter(([, trigger]) => trigger.kind === 'queue');
  const widgets = [
    graph(
      'Invocations',
      each((id) => [functionMetrics(name, id).invocations]),
    ),
    graph(
      'Duration, 95th percentile (ms)',
      each((id) => [functionMetrics(name, id).durationMs]),
    ),
    graph(
      'Errors and throttles',
      each((id) => [functionMetrics(name, id).errors, functionMetrics(name, id).throttles]),
    ),
  ];
  if (queued.length > 0) {
    const ages = queued.map(([id]) => queueMetrics(functionName(name, id)).ageSeconds);
    widgets.push(graph('Oldest message (s)', ages));
  }
  return new Row(...widgets);
}

function graph(title: string, left: IMetric[], right: IMetric[] = []): GraphWidget {
  return new GraphWidget({ title, left, right, width: QUARTER, height: HEIGHT });
}
