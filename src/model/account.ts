/** Which of the two sites of Alibaba Cloud an account belongs to: they differ in their consoles, not in their endpoints. */
export type Site = 'china' | 'international';

interface AccountOfAnySource {
  /** Stable over restarts: `environment`, `cli:` and a profile, `ini:` and a section, or `typed:` and a UUID. */
  readonly id: string;
  /** The number of the Alibaba Cloud account, where the source says it without a call (in the ARN of a role). */
  readonly uid?: string;
  /**
   * Changes when the source begins to mean somebody else: a short hash of the long-lived AccessKey id or the role. What was
   * read for another identity must not be shown. Absent where the source does not say (a session of a single sign-on).
   */
  readonly identity?: string;
  /** Where the source says it. */
  readonly site?: Site;
}

/** A source of credentials. It holds no secret: the AccessKey is read from its source whenever a call is signed. */
export type Account = AccountOfAnySource &
  (
    | { readonly kind: 'environment' }
    | {
        readonly kind: 'cliProfile';
        readonly profile: string;
        /** The mode in the profile, for example `AK`, `StsToken`, `External`. */
        readonly mode: string;
        /** Whether the `aliyun` CLI uses this profile when none is named. */
        readonly current: boolean;
        /** Absolute path of the profile file. */
        readonly file: string;
      }
    | {
        readonly kind: 'iniProfile';
        readonly profile: string;
        /** The `type` of the section, for example `access_key`, `ram_role_arn`. */
        readonly mode: string;
        readonly file: string;
      }
    | {
        readonly kind: 'typed';
        /** With a session token: it ends after some hours. */
        readonly temporary: boolean;
      }
  );

/** Modes whose provider runs a program or rewrites the profile file: they ask first, and never run in an untrusted workspace. */
export const MODES_WITH_EFFECTS: readonly string[] = ['External', 'OAuth'];
