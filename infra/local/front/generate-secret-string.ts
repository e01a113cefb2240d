import { randomInt } from 'node:crypto';
import { z } from 'zod';

/** `GenerateSecretString` of `AWS::SecretsManager::Secret`. */
export const generateSecretStringProperties = z.strictObject({
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  GenerateStringKey: z.string().optional(),
  IncludeSpace: z.boolean().default(false),
  PasswordLength: z.number().int().min(1).max(4096).default(32),
  RequireEachIncludedType: z.boolean().default(true),
  SecretStringTemplate: z.string().optional(),
});
export type GenerateSecretString = z.infer<typeof generateSecretStringProperties>;

/**
 * Generates a secret as Secrets Manager does: a password, or the template's JSON with the password under the given
 * key.
 * Throws an Error when the exclusions leave no character, or when the password is too short for one of each type.
 */
export function generateSecretString(options: GenerateSecretString): string {
  const { SecretStringTemplate: template, GenerateStringKey: key } = options;
  if ((template === undefined) !== (key === undefined)) {
    throw new Error('SecretStringTemplate and GenerateStringKey must be given together');
  }
  const password = generatePassword(options);
  if (template === undefined || key === undefined) return password;
  return JSON.stringify({ ...(JSON.parse(template) as Record<string, unknown>), [key]: password });
}

function generatePassword(options: GenerateSecretString): string {
  const types = [
    options.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    options.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    options.ExcludeNumbers ? '' : '0123456789',
    options.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    options.IncludeSpace ? ' ' : '',
  ].map((type) => [...type].filter((character) => !options.ExcludeCharacters.includes(character)));
  const included = types.filter((type) => type.length > 0);
  const all = included.flat();
  if (all.length === 0) throw new Error('the exclusions leave no character');
  const required = options.RequireEachIncludedType ? included.map(pick) : [];
  if (required.length > options.PasswordLength)
    throw new Error('the password is too short for one character of each type');
  const others = Array.from({ length: options.PasswordLength - required.length }, () => pick(all));
  return shuffle([...required, ...others]).join('');
}

function pick(characters: readonly string[]): string {
  return characters[randomInt(characters.length)] ?? '';
}

function shuffle(characters: readonly string[]): string[] {
  const left = [...characters];
  const shuffled: string[] = [];
  while (left.length > 0) shuffled.push(...left.splice(randomInt(left.length), 1));
  return shuffled;
}
