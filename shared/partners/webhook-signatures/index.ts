export { nameCallback, readBodyId } from './name-callback.ts';
export { verifyPlainHex } from './plain-hex.ts';
export { verifyPrefixedHex } from './prefixed-hex.ts';
export { verifySharedToken } from './shared-token.ts';
export { verifySignedManifest } from './signed-manifest.ts';
export { verifyStandardWebhook } from './standard-webhook.ts';
export { verifyTimestampedHex } from './timestamped-hex.ts';
export { standardWebhookSecretsSchema, webhookSecretsSchema } from './webhook-secret.ts';
