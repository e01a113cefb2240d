/** What the console has to know about its deployment. The server of its page gives it as `config.json`. */
export interface ConsoleConfig {
  /** The issuer of the operators' tokens, an OpenID Connect provider. */
  readonly issuer: string;
  readonly clientId: string;
  /** What the issuer writes before a scope of ours, such as `entrepot/`. Empty where it writes nothing. */
  readonly scopePrefix: string;
}

/** Reads the settings of this deployment. Throws where they can't be had. */
export async function readConfig(): Promise<ConsoleConfig> {
  const answer = await fetch('/console/config.json', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`the settings of the console can't be read (${answer.status})`);
  return (await answer.json()) as ConsoleConfig;
}
