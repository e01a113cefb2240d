import type { CallbackKind } from '../../../events/callback.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { checkSettings } from './check-settings.ts';
import { openSecrets, type SecretsOfStage } from './open-secrets.ts';
import type { SetPartnerOptions } from './partner-options.ts';

/**
 * Checks the file, and stores its text in the secret. `say` receives what was done, without any value. Throws
 * {@link BadFile} if the file does not fit, and an Error if the secret is not found or can't be written.
 */
export async function setPartnerSettings(
  { kind, file, secret }: SetPartnerOptions,
  say: (line: string) => void,
  secrets: SecretsOfStage = openSecrets(),
): Promise<void> {
  const settings = readSettings(kind, file);
  const codes = Object.keys(settings).join(', ');
  say(`checked       ${file}: the settings of ${codes}`);
  if (secret === undefined) return;
  const id = 'id' in secret ? secret.id : await secrets.find(secret.stage, kind);
  const stored = await secrets.put(id, JSON.stringify(settings));
  say(`stored        in ${stored}; functions use it within five minutes`);
}

/** The settings of the file. */
function readSettings(kind: CallbackKind, file: string): Readonly<Record<string, unknown>> {
  const checked = checkSettings(kind, parse(file, readTextFile(file)));
  if ('settings' in checked) return checked.settings;
  throw new BadFile(checked.problems.map((problem) => `${file}: ${problem}`).join('\n'));
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the file.
    throw new BadFile(`${file}: the file is not JSON`);
  }
}
