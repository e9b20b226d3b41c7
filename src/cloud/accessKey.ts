/** An AccessKey as it signs one call. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** Where the AccessKey of an account comes from; asked for every attempt, so that edits and renewals are seen. */
export interface AccountCredentials {
  /** @throws CloudError `noCredentials` or `badProfile` */
  getCredentials(): Promise<AccessKey>;
  getProviderName(): string;
}
