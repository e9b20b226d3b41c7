import { CLIProfileCredentialsProvider } from '@alicloud/credentials';
import type { AccessKey } from './accessKey';
import { noCredentials } from './errors';
import type { CliProfile, Profiles } from './profileFile';

interface Entry {
  /** The profile file the provider was made from: the provider itself never looks again. */
  readonly text: string;
  readonly provider: CLIProfileCredentialsProvider;
  /** A request under way: the SDK would ask for the same session twice. */
  pending?: Promise<AccessKey>;
}

/** Credentials of the profile modes that need a request, a program or a metadata service, through the SDK's own provider. */
export function createSdkCredentials() {
  const entries = new Map<string, Entry>();

  const ask = async (accountId: string, entry: Entry, profile: CliProfile): Promise<AccessKey> => {
    try {
      const { accessKeyId, accessKeySecret, securityToken } = await entry.provider.getCredentials();
      return { accessKeyId, accessKeySecret, ...(securityToken && { securityToken }) };
    } catch {
      // A provider that failed once may stay stuck, and its message may hold the profile file or an answer with tokens
      // (docs/facts.md SDK-11).
      entries.delete(accountId);
      throw noCredentials(
        `The profile ${profile.name} (${profile.mode}) gives no credentials now. Try: aliyun sts GetCallerIdentity --profile ${profile.name}`,
      );
    } finally {
      delete entry.pending;
    }
  };

  return {
    accessKeyOf: (accountId: string, profile: CliProfile, file: Profiles): Promise<AccessKey> => {
      let entry = entries.get(accountId);
      if (!entry || entry.text !== file.text) {
        entry = { text: file.text, provider: createProvider(profile, file) };
        entries.set(accountId, entry);
      }
      entry.pending ??= ask(accountId, entry, profile);
      return entry.pending;
    },
    forget: (accountId: string): void => {
      entries.delete(accountId);
    },
  };
}

function createProvider(profile: CliProfile, file: Profiles): CLIProfileCredentialsProvider {
  if (file.sdkHome === undefined)
    throw noCredentials(
      `A profile of the mode ${profile.mode} can be used only from a file named .aliyun/config.json, not from ${file.file}.`,
    );
  const provider = CLIProfileCredentialsProvider.builder().withProfileName(profile.name).build();
  // The SDK always looks in the home folder of the process; the field is its own way of saying another one.
  return Object.assign(provider, { homedir: file.sdkHome });
}
