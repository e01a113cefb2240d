/** A sign-in at the identity provider of a deployed stage, in the form of Cognito. */
export interface RemoteSignIn {
  /** The address of the sign-in, without a slash at the end. `/oauth2/token` and `/oauth2/authorize` are below it. */
  readonly signInUrl: string;
  readonly clientId: string;
  /** None asks for all scopes that the client may have. */
  readonly scopes: readonly string[];
}

/** A sign-in at the issuer of a local backend. */
interface LocalSignIn {
  readonly url: string;
  readonly dataDir: string;
  readonly scopes: readonly string[];
}

export type TokenOptions = LocalSignIn | RemoteSignIn;
