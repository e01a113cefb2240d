import { callbackKinds } from '../../../events/callback.ts';
import type { Stage } from '../../stages.ts';
import type { Target } from './check-account.ts';

/** The outputs of the stacks, by the stack's name and the output's id, as the CDK writes them to a file. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The lines that a deployment ends with: the addresses and names of the stage, and what its operator does next. */
export function nextSteps(outputs: Outputs, { stage, region }: Target & { readonly stage: Stage }): string[] {
  const found = (part: string, id: string): string | undefined => {
    const stack = outputs[`entrepot-${stage.name}-${part}`] ?? {};
    // The CDK puts the path of the construct before the id.
    return Object.entries(stack).find(([name]) => name.replace(/[0-9A-F]{8}$/, '').endsWith(id))?.[1];
  };
  const url = found('journey', 'Url') ?? 'unknown';
  const secretOf = (kind: string) => found('stateful', `Partners${titled(kind)}Secret`) ?? 'unknown';
  return [
    '',
    `API      ${url}`,
    ...(stage.console === undefined ? [] : [`console  https://${stage.console.domain.name}/console/`]),
    // A restored table is used in the place of the stage's own.
    `table    ${stage.restoredTable?.name ?? found('stateful', 'TableName') ?? 'unknown'}`,
    `log      ${found('stateful', 'LogName') ?? 'unknown'}`,
    '',
    'Next, as docs/deploy.md describes:',
    '',
    `  1. Is it up?          curl ${url}/v1/health`,
    ...(stage.alarmEmail === undefined
      ? ['  2. Alarms            nobody gets them: deploy with -c alarmEmail=...']
      : [`  2. Alarms            confirm the subscription in the mail to ${stage.alarmEmail}`]),
    ...tokenSteps(stage, { region, found }),
    '  4. Partners          check and store the settings of your partners (docs/partner-settings.md):',
    ...callbackKinds.map(
      (kind) =>
        `       AWS_REGION=${region} npx entrepot partner set ${kind} ${kind}.json --secret-id ${secretOf(kind)}`,
    ),
    `  5. Webhooks          enter ${url}/v1/hooks/<kind>/<code> at each partner`,
    '  6. The shop          seller, rates, warehouse, products, stock, storefront key',
    '',
  ];
}

interface Found {
  readonly region: string;
  found(part: string, id: string): string | undefined;
}

function tokenSteps({ identity }: Stage, { region, found }: Found): string[] {
  if (identity.kind === 'issuer')
    return [`  3. Tokens            from ${identity.issuer} for the audience ${identity.audience}`];
  const pool = found('stateful', 'UserPoolId') ?? 'unknown';
  const machines = found('stateful', 'MachineClientId') ?? 'unknown';
  const people = found('stateful', 'PeopleClientId') ?? 'unknown';
  const signIn = found('stateful', 'SignInUrl') ?? 'unknown';
  return [
    '  3. Tokens            of programs:',
    `       export ENTREPOT_CLIENT_SECRET=$(aws cognito-idp describe-user-pool-client --region ${region} \\`,
    `         --user-pool-id ${pool} --client-id ${machines} --query UserPoolClient.ClientSecret --output text)`,
    `       export ENTREPOT_TOKEN=$(npx entrepot token --sign-in-url ${signIn} --client-id ${machines})`,
    '     of people, after an invitation:',
    `       aws cognito-idp admin-create-user --region ${region} --user-pool-id ${pool} --username <their e-mail address>`,
    `       export ENTREPOT_TOKEN=$(npx entrepot token --sign-in-url ${signIn} --client-id ${people})`,
  ];
}

const titled = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
