type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Json>>;
}

/**
 * What MiniStack 1.5.33 lacks of what AWS documents and the templates of the previous release use, and what it gets in
 * its place. The templates of now use nothing of it, and reach MiniStack as the CDK wrote them.
 */
interface Gap {
  /** The type or attribute, and what MiniStack answers. */
  readonly what: string;
  /** Whether a resource is left out. */
  readonly without?: (resource: Resource) => boolean;
  /** What it gets in place of any other value. */
  readonly value?: (value: Json) => Json;
}

const GAPS: readonly Gap[] = [
  {
    what: 'AWS::Events::Archive is left out: "Unrecognized resource types"',
    without: ({ Type }) => Type === 'AWS::Events::Archive',
  },
  {
    what: 'AWS::CloudWatch::Alarm with Metrics is left out: "Properties.Metrics (metric math) is not supported"',
    without: ({ Type, Properties = {} }) => Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties,
  },
  {
    what: 'ProviderURL of AWS::Cognito::UserPool is made of its ProviderName: "Requested attribute ProviderURL does not exist in schema"',
    value: (value) => {
      const [pool, attribute] = getAttOf(value);
      if (pool === undefined || attribute !== 'ProviderURL') return value;
      return { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [pool, 'ProviderName'] }]] };
    },
  },
];

/** A template of the previous release for MiniStack, and the gaps by which it was changed. */
export function forMinistack(written: string): { readonly text: string; readonly gaps: readonly string[] } {
  let template = JSON.parse(written) as { readonly Resources: Readonly<Record<string, Resource>> };
  const gaps: string[] = [];
  for (const { what, without = () => false, value = (same: Json) => same } of GAPS) {
    const before = JSON.stringify(template);
    const kept = Object.entries(template.Resources).filter(([, resource]) => !without(resource));
    const changed = everywhere(
      { ...template, Resources: Object.fromEntries(kept) } as unknown as Json,
      value,
    );
    if (JSON.stringify(changed) === before) continue;
    template = changed as unknown as typeof template;
    gaps.push(what);
  }
  return { text: gaps.length === 0 ? written : JSON.stringify(template), gaps };
}

function getAttOf(value: Json): readonly (string | undefined)[] {
  if (value === null || typeof value !== 'object' || !('Fn::GetAtt' in value)) return [];
  return value['Fn::GetAtt'] as readonly string[];
}

function everywhere(node: Json, change: (value: Json) => Json): Json {
  const changed = change(node);
  if (Array.isArray(changed)) return changed.map((each) => everywhere(each as Json, change));
  if (changed === null || typeof changed !== 'object') return changed;
  return Object.fromEntries(
    Object.entries(changed).map(([name, value]) => [name, everywhere(value as Json, change)]),
  );
}
