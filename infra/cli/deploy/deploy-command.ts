import { type Command, InvalidArgumentError, Option } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { say } from '../terminal/say.ts';
import type { DeployOptions } from './deploy-options.ts';

interface Values {
  readonly stage?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly check?: true;
  readonly yes?: true;
}

const deployStage = async (options: DeployOptions) => {
  const { deploy } = await import('./deploy.ts');
  exitWith(await deploy(options, say));
};

/** `entrepot deploy`. `run` does the work. */
export function addDeploy(
  program: Command,
  run: (options: DeployOptions) => Promise<void> = deployStage,
): void {
  program
    .command('deploy')
    .summary('deploy a stage to an AWS account')
    .description(
      'Deploys a stage to the AWS account and region of your credentials. First it checks the context values, the ' +
        'credentials, the region, the CDK bootstrap and the concurrency that the account allows, and stops with what ' +
        'to do. Then the CDK deploys the stacks and shows its progress. At the end the addresses and the next steps ' +
        'are printed. It may be repeated after any failure, and it is also the upgrade. docs/deploy.md is the guide.',
    )
    .addOption(new Option('--stage <name>', 'the stage; needed').choices(['sandbox', 'production']))
    .option(
      '-c, --context <name=value>',
      'a context value, such as alarmEmail=ops@my-company.com; may be repeated. `context` in cdk.json holds values for ' +
        'every deployment',
      addPair,
    )
    .option('--check', 'stop after the checks')
    .option('--yes', 'deploy changes of permissions without a question')
    .action(({ stage, context = {}, check, yes }: Values, command: Command) => {
      if (stage === undefined || 'stage' in context)
        return command.error('error: name the stage with --stage sandbox or --stage production');
      return run({ context: { ...context, stage }, checkOnly: check ?? false, yes: yes ?? false });
    });
}

function addPair(pair: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const equals = pair.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('It takes name=value.');
  return { ...before, [pair.slice(0, equals)]: pair.slice(equals + 1) };
}
