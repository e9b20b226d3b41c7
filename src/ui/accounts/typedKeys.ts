import { createHash } from 'node:crypto';
import type { Disposable, SecretStorage } from 'vscode';
import { Secret } from '../../model/secret';

/** An AccessKey that somebody typed. */
export interface TypedKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: Secret;
  readonly securityToken?: Secret;
}

/** AccessKeys typed in, kept in VS Code's SecretStorage and nowhere else. Ids are those of accounts, `typed:` and a UUID. */
export interface TypedKeys {
  /** Those that the store still has. */
  ids(): Promise<readonly { id: string; temporary: boolean; identity: string }[]>;
  /** An AccessKey that is tried out goes before the one that is kept. */
  read(id: string): Promise<TypedKey | undefined>;
  /** Lets calls be signed with an AccessKey that is not kept yet; `undefined` ends that. */
  tryOut(id: string, key: TypedKey | undefined): void;
  keep(id: string, key: TypedKey): Promise<void>;
  remove(id: string): Promise<void>;
  /** An AccessKey was kept or removed, in this window or another. */
  onChange(listener: () => void): Disposable;
}

const PREFIX = 'account/';

export function createTypedKeys(
  storage: Pick<SecretStorage, 'get' | 'store' | 'delete' | 'keys' | 'onDidChange'>,
): TypedKeys {
  const tried = new Map<string, TypedKey>();
  const nameOf = (id: string) => PREFIX + id.replace(/^typed:/, '');

  async function kept(id: string): Promise<TypedKey | undefined> {
    const text = await storage.get(nameOf(id));
    return text === undefined ? undefined : parse(text);
  }

  return {
    async ids() {
      const names = (await storage.keys()).filter((name) => name.startsWith(PREFIX));
      const ids = names.map((name) => `typed:${name.slice(PREFIX.length)}`);
      const keys = await Promise.all(ids.map(async (id) => ({ id, key: await kept(id) })));
      return keys.flatMap(({ id, key }) =>
        key
          ? [{ id, temporary: key.securityToken !== undefined, identity: identityOf(key.accessKeyId) }]
          : [],
      );
    },
    read: async (id) => tried.get(id) ?? (await kept(id)),
    tryOut(id, key) {
      if (key) tried.set(id, key);
      else tried.delete(id);
    },
    async keep(id, key) {
      const { accessKeyId, accessKeySecret, securityToken } = key;
      const value = {
        accessKeyId,
        accessKeySecret: accessKeySecret.reveal(),
        ...(securityToken && { securityToken: securityToken.reveal() }),
      };
      await storage.store(nameOf(id), JSON.stringify(value));
    },
    remove: async (id) => await storage.delete(nameOf(id)),
    onChange: (listener) =>
      storage.onDidChange(({ key }) => {
        if (key.startsWith(PREFIX)) listener();
      }),
  };
}

/** As cloud/ makes it for the other sources: it tells accounts apart and gives nothing away. */
export function identityOf(accessKeyId: string): string {
  return createHash('sha256').update(accessKeyId).digest('hex').slice(0, 16);
}

function parse(text: string): TypedKey | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(data)) return undefined;
  const { accessKeyId, accessKeySecret, securityToken } = data;
  if (typeof accessKeyId !== 'string' || typeof accessKeySecret !== 'string') return undefined;
  return {
    accessKeyId,
    accessKeySecret: new Secret(accessKeySecret),
    ...(typeof securityToken === 'string' ? { securityToken: new Secret(securityToken) } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
