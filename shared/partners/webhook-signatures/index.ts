export { nameCallback, readBodyId } from './name-callback.ts';
export { verifyPrefixedHex } from './prefixed-hex.ts';
export { verifyRsaSignature } from './rsa-signature.ts';
export { verifyStandardWebhook } from './standard-webhook.ts';
export { verifyTimestampedHex } from './timestamped-hex.ts';
export {
  standardWebhookSecretsSchema,
  type WebhookSecret,
  webhookSecretsOf,
  webhookSecretsSchema,
} from './webhook-secret.ts';
