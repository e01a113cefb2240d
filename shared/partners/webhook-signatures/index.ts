export { verifyMessageSignature } from './message-signature.ts';
export { nameCallback, readBodyId } from './name-callback.ts';
export { verifyPlainHex } from './plain-hex.ts';
export { verifyPrefixedHex } from './prefixed-hex.ts';
export { verifyRsaSignature } from './rsa-signature.ts';
export { verifySharedToken } from './shared-token.ts';
export { findSigner, refuse, type SignatureCheck } from './signature-check.ts';
export { verifySignedManifest } from './signed-manifest.ts';
export { verifyStandardWebhook } from './standard-webhook.ts';
export { verifyTimestampedHex } from './timestamped-hex.ts';
export {
  standardWebhookSecretsSchema,
  type WebhookSecret,
  webhookSecretsOf,
  webhookSecretsSchema,
} from './webhook-secret.ts';
