/** Where an AAP leads: the KMS instances of its policies, and what is known of their audit logs. */
export interface AapReach {
  /** `acs:kms:<region>:<uid>:applicationaccesspoint/<name>`; absent where the service did not give it. */
  readonly arn?: string;
  /** The number of the Alibaba Cloud account, out of the ARN. */
  readonly uid?: string;
  readonly instances: readonly {
    readonly id: string;
    /** Whether the audit log of the instance was bought; undefined where the service does not say or was not to be asked. */
    readonly logBought: boolean | undefined;
  }[];
  /** A policy has the shared gateway as its scope: usage cannot be verified by the audit log. */
  readonly sharedGateway: boolean;
}
