import assert from 'node:assert/strict';
import { classKey } from '../../../src/model/callers';
import type { CallerClass } from '../../../src/model/evidence';
import { explainCallers, type KnownReference, languageOf } from '../../../src/model/explainCallers';
import { mentionedNear, namesOf } from '../../../src/model/mentions';
import { caller } from './evidenceFixture';

const JAVA = 'AlibabaCloud (linux; amd64) Java kms-dkms-client';
const AGENTS = {
  java: JAVA,
  go: 'AlibabaCloud (darwin; amd64) Golang Core TeaDSL',
  python: 'AlibabaCloud (Linux; x86_64) Python Core TeaDSL',
  node: 'AlibabaCloud (linux; x64) Node.js Core TeaDSL',
  php: 'AlibabaCloud (Linux; cli) PHP Core TeaDSL',
  dotnet: 'AlibabaCloud (Unix) .NET Core TeaDSL',
};

function reference(label: string, more: Partial<KnownReference> = {}): KnownReference {
  return { groupId: label, label, resources: [], ...more };
}

/** The label and the reason for each caller, in their order. */
function explained(callers: readonly CallerClass[], ...groups: readonly KnownReference[]) {
  const found = explainCallers(callers, groups);
  return callers.map((one) => {
    const explanation = found.get(classKey(one));
    return explanation && `${explanation.reference.label} ${explanation.how}`;
  });
}

describe('what explains a caller', () => {
  it('the reference that names what it asks for, before name and language', () => {
    const asked = { ...caller(`${JAVA} order-svc`), resource: 'shop/orders' };
    const named = reference('a.go:1', { language: 'go', resources: ['order-svc'] });
    const java = reference('B.java:2', { language: 'java' });
    const there = reference('c.yaml:3', { resources: ['acs:kms:cn-hangzhou:1234:secret/shop/orders'] });
    assert.deepEqual(explained([asked], named, java, there), ['c.yaml:3 resource']);
  });

  it('the reference that names what it calls itself, before the language', () => {
    const order = caller('AlibabaCloud (linux; amd64) Java order-service');
    const billing = caller('AlibabaCloud (linux; amd64) Golang billing-job');
    const groups = [
      reference('OrderKmsClient.java:9', { language: 'java' }),
      reference('secretsmanager.properties:3', { language: 'properties', resources: ['order-service'] }),
      reference('.env:3', { resources: ['billing-job'] }),
    ];
    assert.deepEqual(explained([order, billing], ...groups), [
      'secretsmanager.properties:3 name',
      '.env:3 name',
    ]);
  });

  it('not a reference in another language, whatever it names', () => {
    const python = { ...caller(AGENTS.python), resource: 'shop/orders' };
    const java = reference('B.java:2', { language: 'java', resources: ['shop/orders'] });
    assert.deepEqual(explained([python], java), [undefined]);
    const any = reference('b.properties:2', { language: 'properties', resources: ['shop/orders'] });
    assert.deepEqual(explained([python], java, any), ['b.properties:2 resource']);
  });

  for (const [language, agent] of Object.entries(AGENTS))
    it(`the only reference in its language: ${language}`, () => {
      const found = explained(
        [caller(agent), caller('curl')],
        reference('there:1', { language: language as NonNullable<KnownReference['language']> }),
        reference('other:1', { language: 'rust' }),
        reference('any:1'),
      );
      assert.deepEqual(found, ['there:1 language', undefined]);
    });

  it('no language where two references, or two programs, share it', () => {
    const java = reference('A.java:1', { language: 'java' });
    assert.deepEqual(
      explained([caller(JAVA)], java, reference('b.properties:1', { language: 'properties' })),
      [undefined],
    );
    assert.deepEqual(explained([caller(JAVA), caller(`${JAVA} report`)], java), [undefined, undefined]);
    const services = ['a', 'b', 'c', 'd', 'e'].map((name, at) => ({
      ...caller(JAVA, `10.0.${at}.0/24`),
      resource: `secret-of-${name}`,
    }));
    assert.deepEqual(explained(services, java), Array(5).fill(undefined));
  });

  it('one program is one on many networks too, if it asks for the same on each', () => {
    const java = reference('A.java:1', { language: 'java' });
    const pods = ['10.0.1.0/24', '10.0.2.0/24'].flatMap((network) =>
      ['one', 'two'].map((resource) => ({ ...caller(JAVA, network), resource })),
    );
    assert.deepEqual(explained(pods, java), Array(4).fill('A.java:1 language'));
  });

  it('a program with a reference of its own does not lend it to others of its language', () => {
    const order = { ...caller(`${JAVA} order-svc`), resource: 'shop/orders' };
    const java = reference('A.java:1', { language: 'java', resources: ['shop/orders'] });
    assert.deepEqual(explained([order, caller(`${JAVA} report-svc`)], java), [
      'A.java:1 resource',
      undefined,
    ]);
  });

  it('survives whatever a log may hold', () => {
    const hostile = [
      '',
      '__proto__',
      'constructor',
      '\u202e<script>',
      '('.repeat(10_000),
      'A'.repeat(10_000),
    ];
    const callers = hostile.map((text) => ({ userAgent: text, api: text, resource: text, network: text }));
    const spaces = caller(`AlibabaCloud (${' '.repeat(10_000)}`);
    const groups = [
      reference('a:1', { resources: ['__proto__', ''] }),
      reference('b:1', { language: 'java' }),
    ];
    assert.deepEqual(explained([...callers, spaces], ...groups), [
      undefined,
      'a:1 resource',
      ...Array(5).fill(undefined),
    ]);
    assert.deepEqual(mentionedNear('a\nb', 1, namesOf([...callers, spaces])), []);
  });

  it('knows the language by code before configuration', () => {
    assert.equal(languageOf(['properties', 'kotlin']), 'java');
    assert.equal(languageOf(['yaml', 'properties']), 'properties');
    assert.equal(languageOf(['yaml', 'dotenv']), undefined);
  });
});

describe('names near a reference', () => {
  const names = namesOf([
    { ...caller('AlibabaCloud (linux; amd64) Golang Core TeaDSL billing-job'), resource: 'shop/orders' },
    { ...caller('curl'), resource: 'db' },
  ]);

  it('are resources and what programs call themselves; not runtimes, tools or short words', () => {
    assert.deepEqual([...names].sort(), ['billing-job', 'shop/orders']);
  });

  it('count as whole words only', () => {
    assert.deepEqual(mentionedNear('# read by billing-job.\nget("shop/orders")', 1, names), [
      'shop/orders',
      'billing-job',
    ]);
    assert.deepEqual(mentionedNear('my-billing-job billing-jobs shop/orders2 shop/orders-x', 1, names), []);
  });

  it('count within 40 lines', () => {
    const text = `billing-job${'\n'.repeat(60)}shop/orders`;
    assert.deepEqual(mentionedNear(text, 1, names), ['billing-job']);
    assert.deepEqual(mentionedNear(text, 60, names), ['shop/orders']);
    assert.deepEqual(mentionedNear(text, 30, names), ['shop/orders', 'billing-job']);
  });
});
