import { Argument, type Command, Option } from 'commander';
import { type CallbackKind, callbackKinds } from '../../../events/callback.ts';
import { path } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';
import { partnerStages, type SetPartnerOptions } from './partner-options.ts';

const setPartner = async (options: SetPartnerOptions) => {
  const { setPartnerSettings } = await import('./set-partner.ts');
  await setPartnerSettings(options, say);
};

interface Values {
  readonly stage?: (typeof partnerStages)[number];
  readonly secretId?: string;
  readonly check?: true;
}

/** `entrepot partner`. `run` does the work. */
export function addPartner(
  program: Command,
  run: (options: SetPartnerOptions) => Promise<void> = setPartner,
): void {
  const verb: Command = program
    .command('partner')
    .summary('the settings of partners of a deployed stage')
    .description('The settings of partners of a deployed stage.')
    .command('set')
    .summary('check the settings of the partners of a kind, and store them')
    .description(
      'Checks the settings of all partners of a kind with the schemas that the functions read them with, and stores ' +
        'them in the secret of the stage, in the place of the earlier ones. An unknown partner or field, a missing field ' +
        'and a placeholder are refused by their names, and nothing is stored. No value is printed. It uses the AWS ' +
        'credentials and the region of your environment or profile.',
    )
    .addArgument(new Argument('<kind>', 'the kind of the partners').choices([...callbackKinds]))
    .argument('<file>', 'a JSON file: the settings of each partner, by its code', path)
    .addOption(new Option('--stage <name>', 'the stage').choices([...partnerStages]))
    .option('--secret-id <name>', 'the name or the ARN of the secret, in the place of --stage')
    .option('--check', 'check the file and store nothing')
    .addHelpText('after', '\ndocs/partner-settings.md has the form of each file.');
  verb.action((kind: CallbackKind, file: string, { stage, secretId, check }: Values) => {
    if (check) return run({ kind, file, secret: undefined });
    if ((stage === undefined) === (secretId === undefined))
      return verb.error(
        'error: name the stage with --stage, or the secret with --secret-id; or give --check',
      );
    return run({
      kind,
      file,
      secret: secretId === undefined ? { stage: stage ?? 'sandbox' } : { id: secretId },
    });
  });
}
