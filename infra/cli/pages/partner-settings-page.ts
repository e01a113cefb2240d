import * as z from 'zod';
import type { CallbackKind } from '../../../events/callback.ts';
import { type DescribedPlugIn, partnerRegistries } from '../partner/partner-registries.ts';

const titles: Readonly<Record<CallbackKind, string>> = {
  payment: 'Payment providers',
  carrier: 'Carriers',
  customs: 'Customs brokers',
  warehouse: 'Warehouse systems',
};

const OPENING = `# Settings of partners

A deployed stage has one secret for each kind of partner. Its value is one JSON object with the settings of each partner
by its code. A partner without settings is not used. [The guide](deploy.md#5-store-the-settings-of-your-partners) says how
to store them: \`npx entrepot partner set\` checks a file before it stores it. \`npm run pages\` writes this page from the schemas that the adapters read the settings with.

Several entries of \`webhookSecrets\` are valid at the same time, so that a secret can be replaced without a refused call:
add the new one, change it at the partner, then remove the old one or give it a \`notAfter\`.
`;

/** docs/partner-settings.md: the form of each secret, from the schemas of the plug-ins. */
export function partnerSettingsPage(): string {
  const kinds = Object.entries(partnerRegistries) as [CallbackKind, readonly DescribedPlugIn[]][];
  return [OPENING, ...kinds.map(([kind, plugIns]) => section(kind, plugIns))].join('\n');
}

function section(kind: CallbackKind, plugIns: readonly DescribedPlugIn[]): string {
  const schemas = plugIns.map(({ code, settings }) => [code, schemaOf(settings)] as const);
  const shape = Object.fromEntries(schemas.map(([code, schema]) => [code, shapeOf(schema)]));
  return [
    `## ${titles[kind]}`,
    '',
    `The secret \`partners-${kind}\`. Webhooks go to \`/v1/hooks/${kind}/<code>\`.`,
    '',
    '```json',
    JSON.stringify(shape, undefined, 2),
    '```',
    ...schemas.flatMap(([code, schema]) => ['', `\`${code}\`:`, '', ...table(schema)]),
    '',
  ].join('\n');
}

/** What this page reads of a JSON Schema. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly default?: unknown;
  readonly format?: string;
}

const schemaOf = (settings: z.ZodType): Schema =>
  z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) as Schema;

/** An object with every required field and a text in the place of each value. */
function shapeOf(schema: Schema): unknown {
  if (schema.items !== undefined) return [shapeOf(schema.items)];
  if (schema.properties === undefined) return `<${wordOf(schema)}>`;
  const { required = [] } = schema;
  return Object.fromEntries(required.map((name) => [name, shapeOf(schema.properties?.[name] ?? {})]));
}

function table(schema: Schema): string[] {
  return [
    '| field | form | needed |',
    '|---|---|---|',
    ...rows(schema, '').map(({ path, form, needed }) => `| \`${path}\` | ${form} | ${needed} |`),
  ];
}

interface Row {
  readonly path: string;
  readonly form: string;
  readonly needed: string;
}

function rows(schema: Schema, before: string): Row[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, own]) => {
    const path = `${before}${name}`;
    const inner = innerOf(own, path);
    return [{ path, form: wordOf(own), needed: neededOf(own, required.includes(name)) }, ...inner];
  });
}

function innerOf(schema: Schema, path: string): Row[] {
  if (schema.items !== undefined) return rows(schema.items, `${path}[].`);
  const { additionalProperties: each } = schema;
  if (typeof each === 'object') return innerOf(each, `${path}.<name>`);
  return rows(schema, `${path}.`);
}

function neededOf({ default: value }: Schema, isRequired: boolean): string {
  if (isRequired) return 'yes';
  return value === undefined ? 'no' : `no; without it \`${JSON.stringify(value)}\``;
}

function wordOf({ type, format, items, additionalProperties }: Schema): string {
  if (items !== undefined) return 'list';
  if (type === 'object') return typeof additionalProperties === 'object' ? 'object by name' : 'object';
  if (format === 'uri') return 'address';
  return type === 'string' || type === undefined ? 'text' : type;
}
