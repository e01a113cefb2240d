export interface TokenOptions {
  readonly url: string;
  readonly dataDir: string;
  readonly scopes: readonly string[];
}
