import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { every, minutesRate } from '../events/jobs.ts';
import { stageWide } from '../events/names.ts';
import { type TriggerEntry, triggerList } from '../events/triggers.ts';
import { ConsoleStack } from './stacks/console-stack.ts';
import { DomainStack } from './stacks/domain-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { FirewallStack } from './stacks/firewall-stack.ts';
import { FolderStack } from './stacks/folder-stack.ts';
import { JourneyStack } from './stacks/journey-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';
import { ownStackNames } from './stacks/own-stacks.ts';
import { StatefulStack } from './stacks/stateful-stack.ts';
import { readStage, type Stage, type StageName } from './stages.ts';

/** CDK settings that are fixed here, so that a synthesis without the CDK's command line gives the same templates. */
const featureFlags = {
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:target-partitions': ['aws'],
  '@aws-cdk/core:annotationsInValidationReport': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  // An export that another stack imports can't be changed or removed, which blocks upgrades and a restored table.
  '@aws-cdk/core:defaultCrossStackReferences': 'weak',
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true,
};

export interface BuildAppOptions {
  /** The folder of the cloud assembly. */
  readonly outdir?: string;
  /** Context values, as the CDK's `-c name=value` gives them. */
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * Whether the templates are checked against CloudFormation's own schemas, which takes seconds. The default is true.
   */
  readonly checkSchemas?: boolean;
  /** The functions and their triggers. The default is the table of triggers. */
  readonly triggers?: readonly TriggerEntry[];
}

export interface BuiltApp {
  readonly app: App;
  readonly data: StatefulStack;
  readonly journey: JourneyStack;
  readonly observability: ObservabilityStack;
}

/**
 * Builds the app for one stage, with the security rules that its synthesis must pass.
 * Throws an Error when the stage lacks a value.
 */
export function buildApp({
  outdir,
  context = {},
  checkSchemas = true,
  triggers: declared = triggerList,
}: BuildAppOptions = {}): BuiltApp {
  const app = new App({
    analyticsReporting: false,
    stackTraces: false,
    // The caller starts the synthesis. The CDK's automatic synthesis would run a failed one a second time.
    autoSynth: false,
    builtinCloudFormationValidation: checkSchemas,
    context: featureFlags,
    postCliContext: { ...context },
    ...(outdir === undefined ? {} : { outdir }),
  });
  const stage = readStage((name) => app.node.tryGetContext(name));
  const triggers = declared.map((entry) => withRateOf(stage, entry));
  const named = (part: string) => stackProps(stage.name, part);
  const data = new StatefulStack(app, 'Stateful', { stage, ...named('stateful') });
  const address = addAddress(app, stage);
  const journey = new JourneyStack(app, 'Journey', { stage, data, triggers, ...named('journey') });
  if (address !== undefined) journey.addStackDependency(address);
  addEdge(app, stage, { data, journey });
  addConsole(app, stage, { data, journey });
  for (const name of ownStackNames) new FolderStack(app, name, { journey, ...named(name.toLowerCase()) });
  const observability = new ObservabilityStack(app, 'Observability', {
    stage,
    apiId: journey.apiId,
    triggers,
    data,
    ...named('observability'),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, data, journey, observability };
}

/** The trigger with the rate that the stage gives its job, if it gives one. */
function withRateOf(stage: Stage, entry: TriggerEntry): TriggerEntry {
  const [id, trigger] = entry;
  if (trigger.kind !== 'schedule' || trigger.minutesOf === undefined) return entry;
  return [id, every(minutesRate(stage[trigger.minutesOf]), trigger)];
}

/** The stack of the stage's own name, where API Gateway answers under it. */
function addAddress(app: App, { name, domain }: Stage): DomainStack | undefined {
  if (domain === undefined || domain.firewall) return undefined;
  return new DomainStack(app, 'Domain', { domain, ...stackProps(name, 'domain') });
}

/** The stacks of CloudFront and its web firewall, where they answer under the stage's own name. */
function addEdge(
  app: App,
  { name, domain }: Stage,
  { data, journey }: Pick<BuiltApp, 'data' | 'journey'>,
): void {
  if (!domain?.firewall || data.originProofArn === undefined) return;
  const firewall = new FirewallStack(app, 'Firewall', { stage: name, ...stackProps(name, 'firewall') });
  const edge = new EdgeStack(app, 'Edge', {
    domain,
    apiHost: journey.apiHost,
    originProofArn: data.originProofArn,
    webAclArn: firewall.webAclArn,
    ...stackProps(name, 'edge'),
  });
  edge.addStackDependency(firewall);
}

/** The stack of the console, where the stage names it. It calls the API under the only name that the API answers. */
function addConsole(
  app: App,
  { name, domain, console: settings }: Stage,
  { data, journey }: Pick<BuiltApp, 'data' | 'journey'>,
): void {
  if (settings === undefined) return;
  const apiHost = domain === undefined || domain.firewall ? journey.apiHost : domain.name;
  const { tokens } = data;
  new ConsoleStack(app, 'Console', { settings, apiHost, tokens, ...stackProps(name, 'console') });
}

function stackProps(stage: StageName, part: string) {
  return { stackName: stageWide(stage, part), description: `Entrepot ${stage}: ${part}` };
}
