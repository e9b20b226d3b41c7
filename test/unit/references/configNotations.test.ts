import assert from 'node:assert/strict';
import type { Notation } from '../../../src/references/notation';
import { json } from '../../../src/references/notations/json/json';
import { jsonReferences } from '../../../src/references/notations/json/jsonReferences';
import { encodeJson } from '../../../src/references/notations/json/jsonString';
import { markdown } from '../../../src/references/notations/markdown/markdown';
import { properties } from '../../../src/references/notations/properties';
import { toml } from '../../../src/references/notations/toml/toml';
import { xml } from '../../../src/references/notations/xml/xml';
import { NEW_KEY, OLD_KEY } from './demoWorkspace';
import { patchInMemory } from './property/property';

const all: readonly Notation[] = [json, toml, xml, properties, markdown];

/** Role, raw text and obstacle of all members. */
async function members(notation: Notation, text: string) {
  const { clients } = await notation.find(text);
  return clients.flatMap((client) =>
    client.members.map(({ role, start, end, obstacle }) => [role, text.slice(start, end), obstacle]),
  );
}

describe('notations of configuration files', () => {
  it('give ranges and forms of JSON that stands in another text', () => {
    const text = '[{"clientKeyFile":"a/b.json","passwordFromFilePathName":"kms.pw.file"}]';
    const [client] = jsonReferences(text, 'cache_client_dkms_config_info').clients;
    assert.deepEqual(
      client?.members.map(({ role, start, end, lookup }) => [role, text.slice(start, end), lookup]),
      [
        ['keyFile', '"a/b.json"', undefined],
        ['passwordFile', '"kms.pw.file"', { in: 'either', name: 'kms.pw.file' }],
      ],
    );
    assert.equal(client?.context, 'specific');
    assert.equal(encodeJson('c\\d.json', '"a/b.json"'), '"c\\\\d.json"');
    assert.equal(encodeJson('c\\d.json', '\\"a/b.json\\"', 'nested'), '\\"c\\\\\\\\d.json\\"');
  });

  it('read the name of a variable in both ways, and never as a password', async () => {
    const [client] = (
      await properties.find(
        'cache_client_dkms_config_info=[{"clientKeyFile":"a/b.json","passwordFromEnvVariable":"KMS_PW"}]',
      )
    ).clients;
    assert.deepEqual(client?.members[1]?.lookup, { in: 'environment', name: 'KMS_PW', indirect: true });
    assert.equal(client?.members[1]?.obstacle, 'lookup');
  });

  it('give all settings under the paths that programs look up', async () => {
    const names = async (notation: Notation, text: string) =>
      (await notation.find(text)).settings?.map((one) => [one.in, one.name, one.value]);
    assert.deepEqual(
      await names(json, '{"Kms":{"ClientKeyFile":"a"},"Kms:Pw":"b","env":{"X":"c"},"n":[1]}'),
      [
        ['settings', 'Kms.ClientKeyFile', 'a'],
        ['settings', 'Kms.Pw', 'b'],
        ['settings', 'env.X', 'c'],
        ['environment', 'X', 'c'],
      ],
    );
    assert.deepEqual(await names(toml, 'a.b = "x"\n[c]\nd = \'y\'\n[[e]]\nf = 1'), [
      ['settings', 'a.b', 'x'],
      ['settings', 'c.d', 'y'],
      ['settings', 'e[0].f', '1'],
    ]);
    assert.deepEqual(await names(xml, '<c><kms><pw>x</pw></kms><add key="Kms:File" value="y"/></c>'), [
      ['settings', 'Kms.File', 'y'],
      ['settings', 'kms.pw', 'x'],
    ]);
    assert.deepEqual(await names(properties, `a.b=x\nc=\${D:y}`), [
      ['settings', 'a.b', 'x'],
      ['settings', 'c', 'y'],
    ]);
  });

  it('list nothing that belongs to another product, and no words for people', async () => {
    const foreign: readonly [Notation, string][] = [
      [json, '{"redis":{"clientKeyFile":"a/b.json","password":"Redis1!xx"}}'],
      [json, '{"clientKeyFile":"certs/client.pem","password":"Mtls1!xyz"}'],
      [json, '{"clientKeyFile":"Client key file","clientKey":"Client key","password":"Password"}'],
      [json, '{"clientKey":"-----BEGIN KEY-----\\nA/B","password":"Mtls1!xyz"}'],
      [json, `{"KeyId":"${OLD_KEY}","PrivateKeyData":"TUlJ"}`],
      [json, '{"ClientKeyPassword":"OldPw1!x"}'],
      [toml, '[temporal.tls]\nclient_key = "a/b.json"\npassword = "Mtls1!xyz"'],
      [toml, '[encrypt.kms]\nclient_key_id = "LTAI5t"\nclient_key_password_from_kms = "x/y.json"'],
      [xml, '<bean class="io.fabric8.kubernetes.client.Config" clientKeyFile="a/b.json" password="x1!"/>'],
      [properties, 'spring.redis.ssl.client-key-file=a/b.json\nspring.redis.ssl.password=Redis1!xx'],
      [properties, 'pulsar.brokerClientKeyFilePath=a/b.json\npulsar.password=x1234567'],
      [properties, 'spring.cloud.nacos.config.password=Nacos1!xx'],
      [
        markdown,
        '```\npasswordFromFilePath:The password is read from the file\nclient_key_private_key_path=#your key file#\n```',
      ],
      [markdown, 'The key KAAP.2bc4____ and `client_key_password=<your password>`; password: Sup3rS3cret'],
    ];
    for (const [notation, text] of foreign) assert.deepEqual(await members(notation, text), [], text);
  });

  it('refuse what a place cannot hold', () => {
    assert.equal(toml.encode("a'b", "'old'"), '"a\'b"');
    assert.equal(toml.encode("a'''b", "'''old'''"), "\"a'''b\"");
    assert.equal(toml.encode("a'b", 'old', 'literal inside'), undefined);
    assert.equal(xml.encode('a]]>b', 'old', 'cdata'), undefined);
    assert.equal(xml.encode('a]]>b', 'old', 'text'), 'a]]&gt;b');
    assert.equal(xml.encode(`a"b'c`, "'old'"), `'a"b&apos;c'`);
    assert.equal(json.encode('a}b', 'old', 'part'), undefined);
    assert.equal(properties.encode('a}b', 'old', 'part'), undefined);
    assert.equal(markdown.encode('a b', 'old', 'bare'), undefined);
    assert.equal(json.encode('no object', '{}', 'object'), undefined);
  });

  it('do not edit what is not sure', async () => {
    const unsure: readonly [Notation, string, string][] = [
      [json, '{"clientKeyFile":"a/b.json","clientKeyFile":"a/c.json","password":"OldPw1!x"}', 'ambiguous'],
      [json, '{"clientKeyFile":"C:\\Ram\\b.json","password":"OldPw1!x"}', 'ambiguous'],
      [json, '{"clientKeyFile":"C:\\temp\\b.json","password":"OldPw1!x"}', 'ambiguous'],
      [json, '{\'x\':1,"clientKeyFile":"a/b.json","password":"OldPw1!x"}', 'unsupported'],
      [json, `{"clientKey":{"KeyId":"${OLD_KEY}",/* x */"PrivateKeyData":"TUlJ"}}`, 'unsupported'],
      [json, `{"clientKeyFile":"\${DIR}/b.json","password":"OldPw1!x"}`, 'interpolated'],
      [json, '{"clientKeyFile":"a/b.json","password":"ENC(abc)"}', 'encrypted'],
      [json, '{"clientKeyFile":"a/b.json","password":"{{ .Values.pw }}!"}', 'template'],
      [xml, '<a clientKeyFile="a/b.json" password="x&own;"/>', 'unsupported'],
      [properties, 'client_key_private_key_path=C:\\Ram\\b.json\nclient_key_password=OldPw1!x', 'ambiguous'],
      [properties, `a.client-key-file=a/b.json\na.password=\${X:-OldPw1!x}`, 'ambiguous'],
    ];
    for (const [notation, text, obstacle] of unsure) {
      const found = (await members(notation, text)).map(([, , one]) => one);
      assert.ok(found.includes(obstacle), `${text}: ${found}`);
    }
  });

  it('edit documents only where they say the real thing', async () => {
    const text = [
      `See \`keys/clientKey_${OLD_KEY}.json\` (keys/clientKey_${OLD_KEY}_Password.txt).`,
      '',
      '```',
      '{"clientKeyFile":"keys/old.json","password":"OldPw1!x"}',
      '{"clientKeyFile":"<path>","password":"****"}',
      '```',
      '',
      `{"KeyId":"${OLD_KEY}","PrivateKeyData":"TUlJ"}`,
      '',
    ].join('\n');
    const found = (await markdown.find(text)).clients;
    assert.ok(found.every((client) => client.documentation));
    const content = `{"KeyId":"${NEW_KEY}","PrivateKeyData":"TUlK"}`;
    const named = await patchInMemory(
      markdown,
      text,
      {
        keyFile: `k/clientKey_${NEW_KEY}.json`,
        passwordFile: `k/clientKey_${NEW_KEY}_Password.txt`,
        password: 'NewPw1!x',
        keyContent: content,
      },
      { count: 5 },
    );
    assert.ok(named.after.includes('"password":"NewPw1!x"'));
    assert.ok(
      named.after.startsWith(`See \`k/clientKey_${NEW_KEY}.json\` (k/clientKey_${NEW_KEY}_Password.txt)`),
    );
    assert.ok(named.after.includes(content));
    assert.ok(named.after.includes('"<path>"'));
  });

  it('stay inside a text that breaks off after a backslash', async () => {
    const text = 'client_key_private_key_path=a/b.json\nv\\';
    const { hidden, settings = [] } = await properties.find(text);
    for (const { start, end } of [...hidden, ...settings])
      assert.ok(start <= end && end <= text.length, `${start} to ${end} of ${text.length}`);
  });

  it('survive whatever stands in a file', async () => {
    const broken = [
      '',
      '\0',
      '{',
      '"',
      '{"clientKeyFile":',
      '[['.repeat(50_000),
      '{"a":'.repeat(50_000),
      '<a>'.repeat(50_000),
      '<!DOCTYPE a [<!ENTITY b "&b;">]><a clientKeyFile="&b;"/>',
      "client_key = '''",
      'client_key_private_key_path=\\',
      'client_key_password=\\u12',
      '```\n`client_key_file="',
      'clientKey_KAAP.'.repeat(1000),
    ];
    for (const notation of all)
      for (const text of broken) {
        const { clients, hidden } = await notation.find(text);
        for (const { start, end } of [...clients.flatMap((client) => client.members), ...hidden])
          assert.ok(0 <= start && start <= end && end <= text.length);
      }
  });
});
