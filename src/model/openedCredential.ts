/** What a credential file says about itself once its password has opened it. Times in ms UTC. No private part. */
export interface OpenedCredential {
  readonly keyId: string;
  readonly certificatePem: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: string;
  /** The private key inside belongs to the certificate. */
  readonly keyMatches: boolean;
}
