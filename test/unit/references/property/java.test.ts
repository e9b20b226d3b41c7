import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createJava } from '../../../../src/references/notations/java/java';
import { grammarsFolder, temporaryFolder } from '../demoWorkspace';
import { assertProperty, keyContent, laidOut, layout, password, patchInMemory, path, RUNS } from './property';

const java = createJava(grammarsFolder);

const values = fc.record({
  oldPath: path,
  newPath: path,
  oldPassword: password,
  newPassword: password,
  oldContent: keyContent,
  newContent: keyContent,
  pathStyle: fc.constantFrom('literal', 'constant', 'file', 'default'),
  passwordStyle: fc.constantFrom('literal', 'constant', 'joined', 'spring', 'chain'),
  contentStyle: fc.constantFrom('literal', 'joined', 'block', 'blockOwnLine'),
  layout,
});
type Values = typeof values extends fc.Arbitrary<infer T> ? T : never;

const literal = (value: string) => JSON.stringify(value);

/** A text block by the Java Language Specification: three quotes, a line end, the lines with a common indentation. */
function block(value: string, ownLine: boolean): string {
  const lines = value.replaceAll('\\', '\\\\').split('\n');
  const end = ownLine ? '\n      """' : '"""';
  const last = lines.at(-1) ?? '';
  const ends = !ownLine && last.endsWith('"') ? [...lines.slice(0, -1), `${last.slice(0, -1)}\\"`] : lines;
  return `"""\n${ends.map((line) => `      ${line}`).join('\n')}${end}`;
}

function contentOf({ oldContent, contentStyle }: Values): string {
  if (contentStyle === 'block' || contentStyle === 'blockOwnLine')
    return block(oldContent, contentStyle === 'blockOwnLine');
  if (contentStyle === 'literal') return literal(oldContent);
  const middle = oldContent.indexOf(',') + 1;
  return `${literal(oldContent.slice(0, middle))} +\n        ${literal(oldContent.slice(middle))}`;
}

function sourceOf(one: Values): string {
  const { pathStyle, passwordStyle, oldPath, oldPassword } = one;
  const paths = {
    literal: literal(oldPath),
    constant: 'FILE',
    file: `new java.io.File(${literal(oldPath)}).getPath()`,
    default: `System.getProperty("kms.file", ${literal(oldPath)})`,
  };
  const constant =
    passwordStyle === 'joined'
      ? `(${literal(oldPassword.slice(0, 3))} + ${literal(oldPassword.slice(3))})`
      : literal(oldPassword);
  const inPlace = passwordStyle === 'literal' || passwordStyle === 'chain';
  return laidOut(
    [
      'import com.aliyun.dkms.gcs.openapi.models.Config;',
      'class Case {',
      `  /* ${one.layout.comment} */`,
      ...(pathStyle === 'constant' ? [`  static final String FILE = ${literal(oldPath)};`] : []),
      ...(passwordStyle === 'spring' ? [`  @Value("\${kms.pw:${oldPassword}}") String pass;`] : []),
      ...(!inPlace && passwordStyle !== 'spring' ? [`  static final String pass = ${constant};`] : []),
      '  Config get() {',
      `    Config c = new Config().setClientKeyFile(${paths[pathStyle]}) // ${one.layout.comment}`,
      `      .setClientKeyContent(${contentOf(one)});`,
      passwordStyle === 'chain'
        ? `    return c /* x */ .setPassword(${literal(oldPassword)});`
        : `    c.password = ${inPlace ? literal(oldPassword) : 'pass'};`,
      ...(passwordStyle === 'chain' ? [] : ['    return c;']),
      '  }',
      '}',
    ],
    one.layout,
  );
}

/** One program out of all cases: it runs each and prints what its client got. */
function program(sources: readonly string[]): string {
  const cases = sources.map((source, index) =>
    source.replace(/^import[^\n]*\n/, '').replace('class Case {', `static class Case${index} {`),
  );
  return `
import java.lang.annotation.*;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

public class Main {
  @Retention(RetentionPolicy.RUNTIME) @interface Value { String value(); }
  static class Config {
    String file, content, password;
    Config setClientKeyFile(String v) { file = v; return this; }
    Config setClientKeyContent(String v) { content = v; return this; }
    Config setPassword(String v) { password = v; return this; }
  }
  static String encoded(String v) { return Base64.getEncoder().encodeToString(v.getBytes(StandardCharsets.UTF_8)); }
  public static void main(String[] arguments) throws Exception {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < ${sources.length}; i++) {
      Class<?> type = Class.forName("Main$Case" + i);
      var make = type.getDeclaredConstructor();
      make.setAccessible(true);
      var get = type.getDeclaredMethod("get");
      get.setAccessible(true);
      Config c = (Config) get.invoke(make.newInstance());
      if (c.password == null) c.password = type.getDeclaredField("pass").getAnnotation(Value.class).value();
      out.append(encoded(c.file)).append(' ').append(encoded(c.content)).append(' ').append(encoded(c.password)).append('\\n');
    }
    System.out.print(out);
  }
${cases.join('\n')}
}
`;
}

describe('property java', function () {
  this.timeout(240_000 * Math.max(1, RUNS / 1000));
  const sources: string[] = [];
  const wanted: (readonly [string, string, string])[] = [];

  it('new values read back, every other byte stays, undo restores', async () => {
    await assertProperty('java', values, async (one) => {
      const { newPath, newPassword, newContent, passwordStyle } = one;
      const { after } = await patchInMemory(
        java,
        sourceOf(one),
        { keyFile: newPath, keyContent: newContent, password: newPassword },
        { count: 3, bom: one.layout.bom },
      );
      sources.push(after);
      wanted.push([
        newPath,
        newContent,
        passwordStyle === 'spring' ? `\${kms.pw:${newPassword}}` : newPassword,
      ]);
    });
  });

  it('java reads exactly the new values', function () {
    if (spawnSync('java', ['-version']).error !== undefined) {
      console.log('      skipped: no java on this machine');
      this.skip();
    }
    const file = join(temporaryFolder(), 'Main.java');
    // One class file has room for 65,535 constants.
    for (let from = 0; from < sources.length; from += 1500) {
      writeFileSync(file, program(sources.slice(from, from + 1500)));
      const run = spawnSync('java', ['-Dfile.encoding=UTF-8', '--source', '17', file], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      assert.equal(run.status, 0, run.stderr.slice(0, 2000));
      const lines = run.stdout.trim().split('\n');
      assert.equal(lines.length, Math.min(1500, sources.length - from));
      lines.forEach((line, index) => {
        const read = line.split(' ').map((word) => Buffer.from(word, 'base64').toString());
        assert.deepEqual(read, wanted[from + index]);
      });
    }
  });
});
