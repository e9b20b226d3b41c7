/**
 * A source of credentials. It holds no secret: the AccessKey is read from its source whenever a call is signed.
 * `id` is stable over restarts: `environment`, or `cli:` and the profile name.
 */
export type Account =
  | { readonly id: 'environment'; readonly kind: 'environment' }
  | {
      readonly id: string;
      readonly kind: 'cliProfile';
      readonly profile: string;
      /** The mode in the profile, for example `AK`, `StsToken`, `External`. */
      readonly mode: string;
      /** Whether the `aliyun` CLI uses this profile when none is named. */
      readonly current: boolean;
    };

/** Modes whose provider runs a program or rewrites the profile file: they ask first, and never run in an untrusted workspace. */
export const MODES_WITH_EFFECTS: readonly string[] = ['External', 'OAuth'];
