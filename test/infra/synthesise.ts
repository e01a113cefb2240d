import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type TriggerEntry, triggerList } from '../../events/triggers.ts';
import { buildApp } from '../../infra/build-app.ts';
import type { StageName } from '../../infra/stages.ts';

interface TemplateResource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

interface Template {
  readonly Resources: Record<string, TemplateResource>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** The settings that a stage outside the developer's machine needs. */
const deployedContext = {
  alarmEmail: 'alarms@shop.test',
  allowedOrigins: 'https://www.shop.test, https://outlet.shop.test',
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface Options {
  readonly checkSchemas?: boolean;
  readonly triggers?: readonly TriggerEntry[];
  readonly context?: Readonly<Record<string, string>>;
}

/** Synthesises a stage into a temporary folder without bundling. */
export function synthesise(
  stage: StageName = 'local',
  { checkSchemas = false, triggers = triggerList, context: more = {} }: Options = {},
) {
  const given = { ...(stage === 'local' ? {} : deployedContext), ...more };
  const context = { 'aws:cdk:bundling-stacks': [], stage, ...given };
  const outdir = mkdtempSync(join(tmpdir(), 'entrepot-synth-'));
  folders.push(outdir);
  const built = buildApp({ outdir, context, checkSchemas, triggers });
  const assembly = built.app.synth();
  const stacks = assembly.stacks.map(({ stackName, template }) => {
    const { Resources: resources, Outputs: outputs = {} } = template as Template;
    return { stackName, resources, outputs };
  });
  const outputs = Object.assign({}, ...stacks.map((stack) => stack.outputs)) as Template['Outputs'];
  const resources = Object.assign({}, ...stacks.map((stack) => stack.resources)) as Record<
    string,
    TemplateResource
  >;
  return {
    ...built,
    stacks,
    resources,
    /** The logical id in a `Ref` or `Fn::GetAtt`, also where another stack has the resource. */
    targetOf: (value: unknown) => targetOf(value) ?? targetOf(outputs?.[outputOf(value) ?? '']?.Value),
    /** Resources of a type, as pairs of logical id and properties. */
    ofType: (type: string) =>
      Object.entries(resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([logicalId, resource]) => ({ logicalId, ...resource.Properties }) as Properties),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a template is read like the JSON that it is
export type Properties = Record<string, any> & { readonly logicalId: string };

/** The logical id in a `Ref` or `Fn::GetAtt`: of a resource of the same stack. */
export function targetOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return Ref ?? attribute?.[0];
}

/** The name of the output that is read from another stack. */
export function outputOf(value: unknown): string | undefined {
  const { OutputName } =
    (value as { 'Fn::GetStackOutput'?: { OutputName: string } } | undefined)?.['Fn::GetStackOutput'] ?? {};
  return OutputName;
}
