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
  const stacks = assembly.stacks.map(({ stackName, template }) => ({
    stackName,
    resources: (template as { Resources: Record<string, TemplateResource> }).Resources,
  }));
  const resources = Object.assign({}, ...stacks.map((stack) => stack.resources)) as Record<
    string,
    TemplateResource
  >;
  return {
    ...built,
    stacks,
    resources,
    /** Resources of a type, as pairs of logical id and properties. */
    ofType: (type: string) =>
      Object.entries(resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([logicalId, resource]) => ({ logicalId, ...resource.Properties }) as Properties),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a template is read like the JSON that it is
export type Properties = Record<string, any> & { readonly logicalId: string };

/** The logical id in a `Ref` or `Fn::GetAtt`. */
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
