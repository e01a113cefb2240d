import { z } from 'zod';

/** The text that a rule gives to its target: at most one of these three is set. */
export const targetInputFields = {
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({
      InputPathsMap: z.record(z.string(), z.string()).default({}),
      InputTemplate: z.string(),
    })
    .optional(),
};
const targetInput = z.object(targetInputFields);
export type TargetInput = z.infer<typeof targetInput>;

/** The values from which the text for a target is made. */
export interface TargetContext {
  readonly event: Readonly<Record<string, unknown>>;
  /** The event as JSON. */
  readonly eventText: string;
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly ingestionTime: Date;
}

/**
 * Gives the text that a target of a rule receives (Amazon EventBridge user guide, "Input transformation").
 * Throws an Error when the description holds a path or variable that EventBridge does not know.
 */
export function compileTargetInput(input: TargetInput): (context: TargetContext) => string {
  const given = [input.Input, input.InputPath, input.InputTransformer].filter((form) => form !== undefined);
  if (given.length > 1) throw new Error('only one of Input, InputPath and InputTransformer may be given');
  if (input.Input !== undefined) {
    const text = input.Input;
    return () => text;
  }
  if (input.InputPath !== undefined) {
    const find = compilePath(input.InputPath);
    return ({ event }) => JSON.stringify(find(event) ?? {});
  }
  if (input.InputTransformer !== undefined) return compileTemplate(input.InputTransformer);
  return ({ eventText }) => eventText;
}

type Variable = (context: TargetContext) => unknown;

const predefined: Record<string, Variable> = {
  'aws.events.rule-arn': ({ ruleArn }) => ruleArn,
  'aws.events.rule-name': ({ ruleName }) => ruleName,
  'aws.events.event.ingestion-time': ({ ingestionTime }) => ingestionTime.toISOString(),
  'aws.events.event.json': ({ event }) => event,
  'aws.events.event': ({ event: { detail, ...rest } }) => rest,
};

function compileTemplate(
  transformer: NonNullable<TargetInput['InputTransformer']>,
): (c: TargetContext) => string {
  const variables: Record<string, Variable> = { ...predefined };
  for (const [name, path] of Object.entries(transformer.InputPathsMap)) {
    if (name.startsWith('aws.')) throw new Error(`the variable name ${name} is reserved`);
    const find = compilePath(path);
    variables[name] = ({ event }) => find(event);
  }
  const parts = splitTemplate(transformer.InputTemplate).map((part) => {
    if (typeof part === 'string') return part;
    const variable = variables[part.variable];
    if (variable === undefined)
      throw new Error(`the template uses <${part.variable}>, and this variable is not defined`);
    return (context: TargetContext): string => render(variable(context), part.quoted);
  });
  return (context) => parts.map((part) => (typeof part === 'string' ? part : part(context))).join('');
}

type TemplatePart = string | { readonly variable: string; readonly quoted: boolean };

function splitTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let quoted = false;
  for (const token of template.match(/<[\w.-]+>|\\.|"|[^<"\\]+|[\s\S]/g) ?? []) {
    if (token === '"') quoted = !quoted;
    const name = /^<([\w.-]+)>$/.exec(token)?.[1];
    parts.push(name === undefined ? token : { variable: name, quoted });
  }
  return parts;
}

// Inside quotes a text is inserted unchanged. Outside quotes every value is inserted as JSON. A path without a value
// gives an empty text.
function render(value: unknown, quoted: boolean): string {
  if (value === undefined) return quoted ? '' : '""';
  if (!quoted) return JSON.stringify(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

/** A JSON path with the parts that EventBridge supports: dots, quoted names, array indices and the wildcard. */
function compilePath(path: string): (event: unknown) => unknown {
  if (!/^\$(\.[\w-]+|\.\*|\[\d+\]|\[\*\]|\['[^']+'\])*$/.test(path))
    throw new Error(`unknown JSON path ${path}`);
  const steps = [...path.matchAll(/\.([\w-]+|\*)|\[(\d+|\*)\]|\['([^']+)'\]/g)].map(
    ([, dotted, index, quoted]) => dotted ?? index ?? quoted ?? '',
  );
  return (event) => follow(event, steps);
}

function follow(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (step === '*') {
    const found = Object.values(value).map((inner) => follow(inner, rest));
    return found.filter((inner) => inner !== undefined);
  }
  return Object.hasOwn(value, step) ? follow((value as Record<string, unknown>)[step], rest) : undefined;
}
