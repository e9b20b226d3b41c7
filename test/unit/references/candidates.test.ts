import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createNameFilter } from '../../../src/references/scan/byteFilter';
import {
  CANDIDATE_PATTERN,
  isCandidateText,
  KEY_ID,
  namesClient,
} from '../../../src/references/scan/candidates';
import { createScratch } from '../../../src/references/scan/readBytes';
import { OLD_KEY } from './demoWorkspace';

const scratch = createScratch();

function fill(text: string | Uint8Array): number {
  const bytes = Buffer.from(text);
  // What an earlier, longer file left behind must not count.
  scratch.bytes.fill('client_key KAAP. kms_password');
  bytes.copy(scratch.bytes);
  return bytes.length;
}

const isCandidate = (text: string) => {
  const length = fill(text);
  return namesClient(scratch, length, true) || scratch.bytes.subarray(0, length).includes(KEY_ID);
};

/** One line of each row of the table of notations, as little of it as stands in a file by itself. */
const ROWS = [
  'setClientKeyFile("x")',
  'cfg.clientKeyContent = c',
  'ClientKeyFile: tea.String("x")',
  'config.client_key_file = x',
  "'clientKeyFile' => 'x'",
  'kmsClientKeyFilePath: x',
  'p.put(AliyunConst.KMS_PASSWORD_KEY, "x")',
  'spring.cloud.nacos.config.kmsPasswordKey=x',
  'kms.password=x',
  'kms-password: x',
  'client_key_private_key_path=x',
  'cache_client_dkms_config_info=[{"clientKeyFile":"x"}]',
  'setPasswordFromFilePath("x")',
  'dedicatedKMSAuth:',
  'KMS_CLIENT_KEY=x',
  'ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=x',
  'kms.client-key-file=x',
  'clientkey: x',
  'CLIENTKEYFILE=x',
  'resource "alicloud_kms_client_key" "k" {',
  'clientKeyPass = x',
  'create_kms_instance_config(a, b)',
  'kst-1.cryptoservice.kms.aliyuncs.com',
  'env_file: [vars]',
  'secretGenerator:',
  'configMapGenerator:',
  `{"KeyId": "${OLD_KEY}"}`,
  `COPY clientKey_${OLD_KEY}.json /app/`,
];

describe('the candidate filter', () => {
  it('lets every way of naming a client key through, wherever it begins', () => {
    for (const row of ROWS)
      for (let before = 0; before < 8; before += 1) {
        const text = '#'.repeat(before) + row;
        assert.ok(isCandidate(text), text);
        assert.ok(isCandidateText(text), text);
      }
  });

  it('sees a key in Base64 at each of its three places, in any form of its JSON', () => {
    const forms = [
      JSON.stringify({ KeyId: OLD_KEY, PrivateKeyData: 'TUlJ' }),
      JSON.stringify({ KeyId: OLD_KEY, PrivateKeyData: 'TUlJ' }, undefined, 2),
      JSON.stringify({ PrivateKeyData: 'TUlJ', KeyId: OLD_KEY }, undefined, '\\t'),
      `{ "KeyId" : "${OLD_KEY}" }`,
      ` {"KeyId":"${OLD_KEY}"}`,
      `\r\n{"KeyId":"${OLD_KEY}"}`,
    ];
    const places = new Set<number>();
    for (const form of forms) {
      places.add(form.indexOf('KAAP') % 3);
      const text = `data: ${Buffer.from(form).toString('base64')}`;
      assert.ok(namesClient(scratch, fill(text), true), form);
      assert.ok(isCandidateText(text), form);
    }
    assert.equal(places.size, 3);
  });

  it('passes ordinary text by, and what an earlier file left behind', () => {
    for (const text of [
      '',
      'x',
      'nothing of interest',
      'the client opens the key store',
      'client_ke',
      'httpClient.keys()',
    ])
      assert.ok(!isCandidate(text), text);
  });

  it('is the pattern that other tools are given', () => {
    const [, anyCase = '', exact = ''] = /^\(\?i:(.*?)\)\|(.*)$/.exec(CANDIDATE_PATTERN) ?? [];
    const pieces = [
      ...ROWS,
      'client',
      'key',
      '_',
      '-',
      '.',
      'kms',
      'KMS',
      'Password',
      'password',
      'From',
      'KAAP',
      'S0FBUC',
      ' ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), (parts) => {
        const text = parts.join('');
        const expected = new RegExp(anyCase, 'i').test(text) || new RegExp(exact).test(text);
        assert.equal(isCandidate(text), expected);
        assert.equal(isCandidateText(text), expected);
      }),
      { seed: 42, numRuns: 2000 },
    );
  });
});

describe('the filter of names', () => {
  it('finds any name at any place, and no other', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ABab_-.01密'), minLength: 1, maxLength: 16 });
    const filler = fc.string({ unit: fc.constantFrom(...'xyz \n="'), maxLength: 40 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 20 }), filler, filler, (names, before, after) => {
        const isPresent = createNameFilter(names);
        const [first = ''] = names;
        assert.ok(isPresent(scratch, fill(before + first + after)), first);
        assert.ok(!isPresent(scratch, fill(before + after)));
      }),
      { seed: 42, numRuns: 1000 },
    );
  });

  it('takes capitals and small letters of long names alike', () => {
    const isPresent = createNameFilter(['kms_key_file']);
    assert.ok(isPresent(scratch, fill('x KMS_KEY_FILE=1')));
    assert.ok(!isPresent(scratch, fill('x KMS_KEY_FIL')));
    assert.ok(!createNameFilter([])(scratch, fill('anything')));
  });
});
