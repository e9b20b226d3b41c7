import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReferenceRole } from '../../../../src/model/reference';
import type { FoundMember, Notation } from '../../../../src/references/notation';
import { hashRaw, undoEdits } from '../../../../src/references/plan/undo';
import { decodeText } from '../../../../src/references/text/decodeText';
import { rewrite } from '../../../../src/references/text/rewrite';

/** Cases per property; the long run sets more. */
export const RUNS = Number(process.env.PROPERTY_RUNS ?? 1000);

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ~!@#$%^&*?_-';
/** What notations take for syntax: drawn more often than letters, and at the ends of a value. */
const SPECIAL = '~!@#$%^&*?_-01e';

/** Any password of the documented alphabet, 8 to 64 characters. */
export const password: fc.Arbitrary<string> = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...ALPHABET, ...SPECIAL), minLength: 1, maxLength: 8 }),
    fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 6, maxLength: 48 }),
    fc.string({ unit: fc.constantFrom(...SPECIAL, ...ALPHABET), minLength: 1, maxLength: 8 }),
  )
  .map((parts) => parts.join(''));

/** A name of a folder or file as people give them: no quotes, no control characters, no space or dot at its ends. */
const segment = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019-_.()@+#$&!%~ ,=密钥é😀'), minLength: 1, maxLength: 10 })
  .filter((name) => !/^[ .~]|[ .]$|:\/\//u.test(name));

/** Any sensible path with slashes: relative, with `./` or `../`, or absolute. */
export const path: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', './', '../', '/'), fc.array(segment, { maxLength: 3 }), segment)
  .map(([head, folders, name]) => `${head}${[...folders, name].join('/')}.json`);

/** The text of a new credential file, on one line or on several. */
export const keyContent: fc.Arbitrary<string> = fc
  .tuple(
    fc.uuid(),
    fc.string({ unit: fc.constantFrom(...'ABCabc019+/'), minLength: 4, maxLength: 200 }),
    fc.constantFrom(undefined, 2, 4),
  )
  .map(([id, data, indent]) =>
    JSON.stringify({ KeyId: `KAAP.${id}`, PrivateKeyData: `${data}==` }, undefined, indent),
  );

/** How a file is laid out around the values. */
export interface Layout {
  readonly bom: boolean;
  readonly crlf: boolean;
  readonly finalNewline: boolean;
  readonly comment: string;
}

export const layout: fc.Arbitrary<Layout> = fc.record({
  bom: fc.boolean(),
  crlf: fc.boolean(),
  finalNewline: fc.boolean(),
  comment: fc.string({ unit: fc.constantFrom(...'abc 密钥é😀=\'"$#'), maxLength: 20 }),
});

/** Lines as the text of a file in some layout. The byte order mark is left to `patchInMemory`: offsets count behind it. */
export function laidOut(lines: readonly string[], { crlf, finalNewline }: Layout): string {
  const end = crlf ? '\r\n' : '\n';
  return lines.join('\n').replaceAll('\n', end) + (finalNewline ? end : '');
}

/** New values by role; a function may tell apart members of one role. A role that is absent stays as it is. */
export type NewValues = Readonly<
  Partial<Record<ReferenceRole, string | ((member: FoundMember, index: number) => string | undefined)>>
>;

/** What a patch in memory made of a text. */
export interface Patched {
  readonly after: string;
  readonly bytes: Buffer;
  /** Members that got a new value, in the order of the text, each as it was before. */
  readonly edited: readonly FoundMember[];
}

/**
 * Patches a text through `find` and `encode` of a notation, without a disk. Asserts that every editable member of the given
 * roles is written, reads back exactly through `find` at its place among the same clients, that no byte outside the edits
 * differs, and that taking the patch back restores the bytes.
 * @param count how many values have to be edited, so that a test cannot pass by finding nothing
 */
export async function patchInMemory(
  notation: Notation,
  text: string,
  values: NewValues,
  { count, bom = false }: { readonly count?: number; readonly bom?: boolean } = {},
): Promise<Patched> {
  const bytes = Buffer.from((bom ? '\ufeff' : '') + text);
  const file = decodeText(bytes);
  const before = await notation.find(file.text);
  const unique = new Map(
    before.clients
      .flatMap((client) => client.members)
      .map((member) => [`${member.start}:${member.role}`, member]),
  );
  const seen = new Map<ReferenceRole, number>();
  const edits = [...unique.values()]
    .filter((member) => member.obstacle === undefined)
    .sort((one, other) => one.start - other.start)
    .flatMap((member) => {
      const index = seen.get(member.role) ?? 0;
      seen.set(member.role, index + 1);
      const wanted = values[member.role];
      const value = typeof wanted === 'function' ? wanted(member, index) : wanted;
      if (value === undefined) return [];
      const raw = notation.encode(value, file.text.slice(member.start, member.end), member.form);
      assert.ok(raw !== undefined, `${notation.name} cannot hold a ${member.role}`);
      return [{ member, value, start: member.start, end: member.end, raw }];
    });
  if (count !== undefined) assert.equal(edits.length, count, `values found in ${notation.name}`);
  const rewritten = rewrite(bytes, file, edits);
  assert.ok(rewritten !== undefined, 'the edits do not overlap and keep every other byte');
  const after = await notation.find(rewritten.text);
  const anchors = (found: typeof before) => found.clients.map((client) => client.anchor);
  assert.deepEqual(anchors(after), anchors(before), 'the same clients as before');
  const reread = after.clients.flatMap((client) => client.members);
  for (const edit of edits) {
    const place: (typeof rewritten.placed)[number] | undefined = rewritten.placed.find(
      (one) => one.start === edit.start,
    );
    assert.ok(place !== undefined);
    const back: (typeof reread)[number] | undefined = reread.find(
      (member) =>
        member.role === edit.member.role &&
        member.start === place.newStart &&
        member.end === place.newStart + place.raw.length,
    );
    assert.ok(back !== undefined, `the ${edit.member.role} stands where it stood`);
    assert.equal(back.value, edit.value);
    assert.equal(back.obstacle, undefined);
  }
  assertUndone(bytes, rewritten.bytes, file.text, rewritten.placed);
  return { after: rewritten.text, bytes: rewritten.bytes, edited: edits.map(({ member }) => member) };
}

function assertUndone(
  before: Buffer,
  after: Buffer,
  text: string,
  placed: readonly {
    readonly start: number;
    readonly end: number;
    readonly newStart: number;
    readonly raw: string;
  }[],
): void {
  const id = 'property';
  const olds = new Map(placed.map(({ start, end }) => [String(start), text.slice(start, end)]));
  const edits = placed.map(({ start, end, newStart, raw }) => ({
    file: 'x',
    start: newStart,
    length: raw.length,
    before: hashRaw(id, text.slice(start, end)),
    after: hashRaw(id, raw),
    undoKey: String(start),
  }));
  const undone = undoEdits(after, edits, olds, id);
  assert.ok(undone.bytes.equals(before), 'undo restores the bytes');
}

/** Cases and failures per notation, for the bench. */
export const propertyCounts = new Map<string, { cases: number; failures: number }>();

/** Checks a property with a fixed seed and counts its cases. */
export async function assertProperty<T>(
  notation: string,
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => Promise<void> | void,
  runs = RUNS,
): Promise<void> {
  const count = propertyCounts.get(notation) ?? { cases: 0, failures: 0 };
  propertyCounts.set(notation, count);
  await fc.assert(
    fc.asyncProperty(arbitrary, async (value) => {
      count.cases += 1;
      try {
        await check(value);
      } catch (error) {
        count.failures += 1;
        throw error;
      }
    }),
    { seed: 42, numRuns: runs },
  );
}
