import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { Secret } from '../../../src/model/secret';
import { planPatch } from '../../../src/references/plan/plan';
import { scanWorkspace } from '../../../src/references/scan/scan';
import {
  credentialText,
  NEW_KEY,
  notations,
  OLD_KEY,
  OLD_PASSWORD,
  privateKeys,
  temporaryFolder,
  writeFiles,
} from './demoWorkspace';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ~!@#$%^&*?_-';
const password = fc.string({
  unit: fc.constantFrom(...ALPHABET),
  minLength: 8,
  maxLength: 64,
});
/** A folder beside the workspace's files, as people name them. */
const folderName = fc.string({
  unit: fc.constantFrom(...'abcXYZ019-_.()@+#$&!%~ ,密钥é'),
  minLength: 1,
  maxLength: 12,
});
const noise = fc.record({
  bom: fc.boolean(),
  crlf: fc.boolean(),
  finalNewline: fc.boolean(),
  comment: fc.string({ unit: fc.constantFrom(...'abc 密钥é😀=\'"$\\#'), maxLength: 20 }),
});

interface Layout {
  readonly bom: boolean;
  readonly crlf: boolean;
  readonly finalNewline: boolean;
  readonly comment: string;
}

const text = (lines: readonly string[], { bom, crlf, finalNewline }: Layout) =>
  (bom ? '\ufeff' : '') + lines.join(crlf ? '\r\n' : '\n') + (finalNewline ? (crlf ? '\r\n' : '\n') : '');

/** Patches one file and gives the text after; checks that everything around the values is as before. */
async function patch(
  fileName: string,
  source: (oldPath: string, oldPassword: string) => string,
  newPassword: string,
  newFolder: string,
): Promise<{ after: string; folder: string; newPath: string }> {
  const folder = temporaryFolder();
  const oldPath = `${newFolder}/client.json`;
  writeFiles(folder, {
    [fileName]: source(oldPath, OLD_PASSWORD),
    [oldPath]: credentialText(OLD_KEY, (await privateKeys()).old),
  });
  const newPath = `${newFolder}/clientKey_${NEW_KEY}.json`;
  const credentialFile = join(folder, newFolder, `clientKey_${NEW_KEY}.json`);
  mkdirSync(dirname(credentialFile), { recursive: true });
  writeFileSync(credentialFile, credentialText(NEW_KEY));
  const order = { folders: [folder], keyId: OLD_KEY, exclude: [] };
  const file = join(folder, fileName);
  const { result } = await scanWorkspace(order, notations);
  const ticked = result.groups.filter((group) => group.ticked);
  assert.equal(ticked.length, 1);
  const plan = await planPatch(
    {
      ...order,
      groupIds: ticked.map((group) => group.id),
      replacement: {
        keyId: NEW_KEY,
        password: new Secret(newPassword),
        credentialFile,
        passwordFile: `${credentialFile}.txt`,
      },
    },
    notations,
    { isCommitted: async () => false },
  );
  assert.deepEqual(plan.refused, []);
  const [planned] = plan.files;
  assert.ok(planned !== undefined && planned.file === file);
  const after = Buffer.from(planned.content).toString();
  // Where the values are cut out, nothing differs.
  const frame = source('\ue000', '\ue001').split(/["']?[\ue000\ue001]["']?/);
  let at = 0;
  for (const part of frame) {
    const found = after.indexOf(part, at);
    assert.ok(found >= 0, 'a byte outside the edits changed');
    at = found + part.length;
  }
  assert.ok(after.endsWith(frame.at(-1) ?? ''));
  return { after, folder, newPath };
}

/** Reads `.env` as the documentation of dotenv describes it; not our lexer. */
function readLikeDotenv(content: string, name: string): string | undefined {
  let value: string | undefined;
  for (const line of content.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*('[^']*'|"[^"]*"|`[^`]*`|[^#]*)/.exec(line);
    if (match?.[1] === name) value = (match[2] ?? '').trim().replace(/^(['"`])([\s\S]*)\1$/, '$2');
  }
  return value;
}

/** Reads properties as `java.util.Properties.load` describes it, one logical line at a time; not our parser. */
function readLikeJava(content: string, name: string): string | undefined {
  const logical = content.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const line of logical) {
    if (!line.startsWith(name)) continue;
    const value = line.slice(name.length).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '');
    return value.replace(/\\(u([0-9a-f]{4})|.)/g, (_, all: string, hex?: string) =>
      hex === undefined ? all : String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  return undefined;
}

describe('any password and path, patched and read back by other readers', function () {
  this.timeout(120_000);
  // The long run sets more.
  const sample = { seed: 7, numRuns: Number(process.env.PROPERTY_RUNS ?? 80) };

  it('.env: dotenv and a shell read the new values', async () => {
    const scripts: { file: string; password: string; path: string }[] = [];
    await fc.assert(
      fc.asyncProperty(
        password,
        folderName,
        noise,
        fc.constantFrom('', "'", '"'),
        fc.constantFrom('', 'export '),
        async (newPassword, newFolder, layout, kind, head) => {
          fc.pre(!/^[ .]|[ .]$/.test(newFolder));
          // The old path has to be written so that it can be read, too.
          const quote = /[#$&()!~ ]/.test(newFolder) ? "'" : kind;
          const source = (path: string, old: string) =>
            text(
              [
                `# ${layout.comment}`,
                `${head}ALIBABA_CLOUD_KMS_PASSWORD=${quote}${old}${quote}`,
                `ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=${quote}${path}${quote}`,
              ],
              layout,
            );
          const { after, folder, newPath } = await patch('.env', source, newPassword, newFolder);
          assert.equal(readLikeDotenv(after, 'ALIBABA_CLOUD_KMS_PASSWORD'), newPassword);
          assert.equal(readLikeDotenv(after, 'ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH'), newPath);
          if (layout.crlf || layout.bom) return;
          const file = join(folder, 'patched.sh');
          writeFileSync(file, after);
          scripts.push({ file, password: newPassword, path: newPath });
        },
      ),
      sample,
    );
    assert.ok(scripts.length > 10);
    if (process.platform === 'win32') return;
    const program =
      'for f in "$@"; do (. "$f"; printf "%s\\0%s\\0" "$ALIBABA_CLOUD_KMS_PASSWORD" "$ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH"); done';
    const files = scripts.map(({ file }) => file);
    const read = execFileSync('sh', ['-c', program, 'sh', ...files], { encoding: 'utf8' }).split('\0');
    assert.deepEqual(
      read.slice(0, -1),
      scripts.flatMap((script) => [script.password, script.path]),
    );
  });

  it('.properties: Java reads the new values', async () => {
    await fc.assert(
      fc.asyncProperty(
        password,
        folderName,
        noise,
        fc.constantFrom('=', ' = ', ':', ' '),
        async (newPassword, newFolder, layout, separator) => {
          fc.pre(!/^[ .]|[ .]$/.test(newFolder));
          const source = (path: string, old: string) =>
            text(
              [
                `#${layout.comment}`,
                `client_key_private_key_path${separator}${path}`,
                `client_key_password${separator}${old}`,
              ],
              layout,
            );
          const { after, newPath } = await patch('a.properties', source, newPassword, newFolder);
          assert.equal(readLikeJava(after, 'client_key_password'), newPassword);
          assert.equal(readLikeJava(after, 'client_key_private_key_path'), newPath);
        },
      ),
      sample,
    );
  });

  it('Java: the literals say the new values', async () => {
    await fc.assert(
      fc.asyncProperty(password, folderName, noise, async (newPassword, newFolder, layout) => {
        fc.pre(!/^[ .]|[ .]$/.test(newFolder));
        const source = (path: string, old: string) =>
          text(
            [
              `/* ${layout.comment.replaceAll('\\', '')} */ import com.aliyun.kms.*;`,
              'class A {',
              `  static final String P = "${path}";`,
              `  Object c = new KmsConfig().setClientKeyFile(P).setPassword("${old}");`,
              '}',
            ],
            layout,
          );
        const { after, newPath } = await patch('A.java', source, newPassword, newFolder);
        // The escapes that are written are those that JSON knows too.
        const literals = [...after.matchAll(/(?:P = |setPassword\()("(?:\\.|[^"\\])*")/g)].map(
          ([, literal]): unknown => JSON.parse(literal ?? 'null'),
        );
        assert.deepEqual(literals, [newPath, newPassword]);
      }),
      sample,
    );
  });
});
